// Virtual time: events in order, nothing happens between them, one thread.
#pragma once

#include <cstdint>
#include <functional>
#include <map>

#include "base/clock.hpp"

namespace cambium::sim {

class Scheduler {
 public:
  explicit Scheduler(TimeMs start) : clock_(start) {}

  const Clock& clock() const { return clock_; }
  TimeMs now() const { return clock_.now(); }
  /// Runs `event` that many milliseconds from now; equal times run in the order of this call.
  void after(std::int64_t delay_ms, std::function<void()> event) {
    events_.emplace(std::pair(now().value + (delay_ms < 0 ? 0 : delay_ms), next_++),
                    std::move(event));
  }
  /// Runs the next event; false when there is none.
  bool step() {
    if (events_.empty()) return false;
    auto first = events_.begin();
    auto event = std::move(first->second);
    clock_.advance(first->first.first - now().value);
    events_.erase(first);
    ++steps_;
    event();
    return true;
  }
  void run_until(TimeMs end) {
    while (!events_.empty() && events_.begin()->first.first <= end.value) step();
  }
  std::uint64_t steps() const { return steps_; }

 private:
  ManualClock clock_;
  std::map<std::pair<std::int64_t, std::uint64_t>, std::function<void()>> events_;
  std::uint64_t next_ = 0;
  std::uint64_t steps_ = 0;
};

}  // namespace cambium::sim
