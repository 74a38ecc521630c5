// Time as a parameter: production reads the machine's clock, simulation and tests set their own.
#pragma once

#include "base/ids.hpp"

namespace cambium {

class Clock {
 public:
  virtual ~Clock() = default;
  /// Wall time, for records that people read.
  virtual TimeMs now() const = 0;
  /// Monotonic nanoseconds, for durations and deadlines.
  virtual std::int64_t monotonic_ns() const = 0;
};

/// The machine's clocks.
class SystemClock final : public Clock {
 public:
  TimeMs now() const override;
  std::int64_t monotonic_ns() const override;
};

/// A clock that moves only when told to.
class ManualClock final : public Clock {
 public:
  explicit ManualClock(TimeMs start) : now_(start) {}
  TimeMs now() const override { return now_; }
  std::int64_t monotonic_ns() const override { return now_.value * 1'000'000; }
  void advance(std::int64_t ms) { now_.value += ms; }

 private:
  TimeMs now_;
};

}  // namespace cambium
