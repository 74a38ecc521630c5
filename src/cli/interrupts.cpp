#include "cli/interrupts.hpp"

#include <csignal>
#include <condition_variable>
#include <ctime>
#include <mutex>
#include <unistd.h>

namespace cambium::cli {
namespace {

constexpr long kPollNs = 100'000'000;  // how long the watcher may outlive its owner

sigset_t stop_signals() {
  sigset_t set;
  sigemptyset(&set);
  sigaddset(&set, SIGINT);
  sigaddset(&set, SIGTERM);
  sigaddset(&set, SIGHUP);
  return set;
}

}  // namespace

Interrupts::Interrupts(std::function<void()> on_first) {
  const sigset_t set = stop_signals();
  pthread_sigmask(SIG_BLOCK, &set, nullptr);
  thread_ = std::jthread([this, on_first = std::move(on_first)](std::stop_token ended) {
    watch(ended, on_first);
  });
}

Interrupts::~Interrupts() = default;

void Interrupts::watch(std::stop_token ended, const std::function<void()>& on_first) {
  const sigset_t set = stop_signals();
  const timespec poll{0, kPollNs};
  while (!ended.stop_requested()) {
    if (sigtimedwait(&set, nullptr, &poll) < 0) continue;
    if (stop_.stop_requested()) ::_exit(0);
    on_first();
    stop_.request_stop();
  }
}

void Interrupts::wait() const {
  std::mutex mutex;
  std::condition_variable_any changed;
  std::unique_lock lock(mutex);
  changed.wait(lock, stop_.get_token(), [] { return false; });
}

}  // namespace cambium::cli
