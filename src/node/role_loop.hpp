// A thread that does one role's work: when woken, and at an interval. Owned by the node, which
// joins it.
#pragma once

#include <condition_variable>
#include <functional>
#include <mutex>
#include <string>
#include <thread>

#include "base/result.hpp"

namespace cambium::node {

/// `work` runs on the loop's own thread; its errors are logged once per change and it goes on.
class RoleLoop {
 public:
  struct Options {
    std::string name;
    std::int64_t interval_ms = 1'000;
    /// `background` gives way to whoever else wants the processor.
    enum class Urgency : std::uint8_t { normal, background } urgency = Urgency::normal;
  };
  using Work = std::function<Status(std::stop_token stop)>;
  RoleLoop(Options options, Work work);
  /// Asks the work to stop and waits for it.
  ~RoleLoop();
  RoleLoop(const RoleLoop&) = delete;
  RoleLoop& operator=(const RoleLoop&) = delete;

  /// Runs the work soon, also when it is running now.
  void wake();

 private:
  void run(std::stop_token stop);

  const Options options_;
  const Work work_;
  std::mutex mutex_;  // guards woken_
  std::condition_variable_any changed_;
  bool woken_ = true;
  std::jthread thread_;  // last: it uses all the others
};

}  // namespace cambium::node
