#include "engine/cometbft/process/child.hpp"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <chrono>

#include "base/log.hpp"
#include "engine/cometbft/process/log_watch.hpp"

namespace cambium::engine {
namespace {

constexpr auto kGrace = std::chrono::seconds(10);
constexpr std::int64_t kFirstPauseMs = 200;
constexpr std::int64_t kLongestPauseMs = 5'000;
constexpr auto kHealthyAfter = std::chrono::seconds(30);
constexpr int kCannotRun = 127;
constexpr int kWatchEveryMs = 1'000;

}  // namespace

Child::Child(ChildPlan plan) : plan_(std::move(plan)), thread_([this] { supervise(); }) {}

Child::~Child() {
  stop();
  thread_.join();
}

pid_t Child::pid() const {
  std::lock_guard lock(mutex_);
  return pid_;
}

std::uint64_t Child::starts() const {
  std::lock_guard lock(mutex_);
  return starts_;
}

void Child::ask_to_stop() {
  std::lock_guard lock(mutex_);
  stopping_ = true;
  changed_.notify_all();
  if (pid_ > 0) ::kill(pid_, SIGTERM);
}

void Child::stop() {
  std::unique_lock lock(mutex_);
  stopping_ = true;
  changed_.notify_all();
  if (pid_ > 0) ::kill(pid_, SIGTERM);
  if (changed_.wait_for(lock, kGrace, [&] { return pid_ <= 0; })) return;
  spdlog::warn("{} did not stop in time and is killed", plan_.program.filename().string());
  if (pid_ > 0) ::kill(pid_, SIGKILL);
  changed_.wait(lock, [&] { return pid_ <= 0; });
}

// Only calls that are safe after a fork in a process with threads. The child leads a process group
// of its own: Ctrl-C in a terminal is for us, who then end it in order.
pid_t Child::spawn() const {
  std::vector<std::string> words = {plan_.program.string()};
  words.insert(words.end(), plan_.arguments.begin(), plan_.arguments.end());
  std::vector<char*> argv;
  for (auto& word : words) argv.push_back(word.data());
  argv.push_back(nullptr);
  const pid_t parent = ::getpid();
  const pid_t child = ::fork();
  if (child != 0) return child;
  ::prctl(PR_SET_PDEATHSIG, SIGKILL);  // a gentle end might hang: nobody would be there to see it
  if (::getppid() != parent) ::_exit(kCannotRun);  // we died before the line above
  ::setpgid(0, 0);
  const int log = ::open(plan_.log.c_str(), O_WRONLY | O_CREAT | O_APPEND, 0600);
  const int null = ::open("/dev/null", O_RDONLY);
  ::dup2(null, STDIN_FILENO);
  ::dup2(log, STDOUT_FILENO);
  ::dup2(log, STDERR_FILENO);
  ::signal(SIGPIPE, SIG_DFL);
  sigset_t none;
  ::sigemptyset(&none);
  ::sigprocmask(SIG_SETMASK, &none, nullptr);
  if (::chdir(plan_.folder.c_str()) == 0) ::execv(argv.front(), argv.data());
  ::_exit(kCannotRun);
}

bool Child::wait_before_restart(std::int64_t ms) {
  std::unique_lock lock(mutex_);
  changed_.wait_for(lock, std::chrono::milliseconds(ms), [&] { return stopping_; });
  return !stopping_;
}

/// Until it has ended, by itself or because of what it said; it is not yet reaped then.
void Child::wait_for_end(pid_t pid, LogWatch& watch) const {
  const int handle = static_cast<int>(::syscall(SYS_pidfd_open, pid, 0));
  pollfd ended{.fd = handle, .events = POLLIN, .revents = 0};
  bool told = false;
  while (handle >= 0 && ::poll(&ended, 1, kWatchEveryMs) <= 0) {
    const auto line = told ? std::nullopt : watch.next();
    if (!line) continue;
    told = true;
    if (plan_.on_fatal) plan_.on_fatal(*line);
    ::kill(pid, SIGKILL);  // what it had to write it has written; a gentle end might hang
  }
  if (handle >= 0) ::close(handle);
}

void Child::supervise() {
  const std::string name = plan_.program.filename().string();
  std::int64_t pause_ms = kFirstPauseMs;
  for (;;) {
    const auto began = std::chrono::steady_clock::now();
    LogWatch watch(plan_.log, plan_.fatal_words);
    pid_t pid = -1;
    {
      std::lock_guard lock(mutex_);
      if (stopping_) return;
      pid = pid_ = spawn();
      ++starts_;
    }
    if (pid > 0) {
      wait_for_end(pid, watch);
      // The number stays ours until it is reaped under the lock, so stop() cannot hit a stranger.
      siginfo_t info{};
      while (::waitid(P_PID, static_cast<id_t>(pid), &info, WEXITED | WNOWAIT) != 0 &&
             errno == EINTR) {}
      std::lock_guard lock(mutex_);
      ::waitpid(pid, nullptr, 0);
      pid_ = -1;
      changed_.notify_all();
      if (stopping_) return;
      const bool again = plan_.restarts == ChildPlan::Restarts::always;
      spdlog::warn("{} ended ({} {}){}, see {}", name,
                   info.si_code == CLD_EXITED ? "status" : "signal", info.si_status,
                   again ? "; starting it again" : "", plan_.log.string());
      if (!again) return;
    }
    if (std::chrono::steady_clock::now() - began > kHealthyAfter) pause_ms = kFirstPauseMs;
    if (!wait_before_restart(pause_ms)) return;
    pause_ms = std::min(pause_ms * 2, kLongestPauseMs);
  }
}

}  // namespace cambium::engine
