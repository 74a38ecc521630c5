// A supervised child process: started again when it dies, ended when we end, whichever way.
#pragma once

#include <sys/types.h>

#include <condition_variable>
#include <filesystem>
#include <functional>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace cambium::engine {

class LogWatch;

struct ChildPlan {
  std::filesystem::path program;
  std::vector<std::string> arguments;  // after the program's name
  std::filesystem::path folder;        // its working directory
  std::filesystem::path log;           // both of its outputs are appended here
  enum class Restarts : std::uint8_t { always, never } restarts = Restarts::always;
  /// A line of its log with these words means that it is of no use although it runs on: it is
  /// ended, and started again like one that died. Empty: nothing it says matters.
  std::string fatal_words = {};
  /// Hears that line, on the thread that supervises.
  std::function<void(const std::string& line)> on_fatal = {};
};

class Child {
 public:
  /// Begins at once. The child is killed when this process dies, even by SIGKILL.
  explicit Child(ChildPlan plan);
  /// SIGTERM, and SIGKILL when that does not help within ten seconds.
  ~Child();

  /// SIGTERM without waiting; nothing starts it again.
  void ask_to_stop();
  /// The same, waiting until it has ended as the destructor does.
  void stop();
  /// The process under way; -1 between two.
  pid_t pid() const;
  /// How often it has been started.
  std::uint64_t starts() const;

 private:
  void supervise();
  pid_t spawn() const;
  void wait_for_end(pid_t pid, LogWatch& watch) const;
  bool wait_before_restart(std::int64_t ms);

  const ChildPlan plan_;
  mutable std::mutex mutex_;  // guards the next three
  std::condition_variable changed_;
  pid_t pid_ = -1;
  bool stopping_ = false;
  std::uint64_t starts_ = 0;
  std::thread thread_;  // forks, so that the child dies with it; last: it uses all the others
};

}  // namespace cambium::engine
