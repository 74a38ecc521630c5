// How many steps fit the time, how fast it goes, when it ends: what a budget turns into.
#pragma once

#include <cstdint>

#include "base/clock.hpp"
#include "learn/profile.hpp"
#include "learn/progress.hpp"

namespace cambium::learn::detail {

/// Plans the steps of a run from its own first seconds, and changes the plan, until the learning
/// rate has begun to fall, when the machine turns out slower or faster than it was.
class Pace {
 public:
  Pace(const Budget& budget, const Clock& clock, std::uint64_t step_tokens);

  /// Goes on from a checkpoint, `step` done of `steps` in `seconds`.
  struct Resumed {
    std::uint64_t step = 0;
    std::uint64_t steps = 0;
    double seconds = 0;
  };
  void resume(const Resumed& from);

  /// Steps begin now: what went before counts for the budget but not for the rate.
  void begin();
  /// One more step is done, with this loss.
  void step_done(double loss);
  bool finished() const { return steps_ != 0 && step_ >= steps_; }
  /// The plan, once the probe is over; 0 before.
  std::uint64_t steps() const { return steps_; }
  std::uint64_t step() const { return step_; }
  double seconds() const;
  double smoothed_loss() const { return loss_; }
  TrainProgress progress() const;

  /// Of the peak rate: `warm_up` steps up, level, linear to zero over the last 30 %.
  double schedule(std::uint64_t warm_up) const;

 private:
  double rate() const;  // steps per second in this process
  void plan();

  Budget budget_;
  const Clock& clock_;
  std::uint64_t step_tokens_;
  std::int64_t begun_ns_;
  std::int64_t steps_begun_ns_;
  double earlier_seconds_ = 0;
  std::uint64_t earlier_steps_ = 0;
  std::uint64_t step_ = 0;
  std::uint64_t steps_ = 0;
  double loss_ = 0;
};

}  // namespace cambium::learn::detail
