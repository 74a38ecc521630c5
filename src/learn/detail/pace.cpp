#include "learn/detail/pace.hpp"

#include <algorithm>

namespace cambium::learn::detail {
namespace {

constexpr double kLossWeight = 0.05;      // of the newest step in the smoothed loss
constexpr double kDecayBegins = 0.7;      // of the run
constexpr double kSlack = 1.05;           // a plan that is further off than this is changed
constexpr std::uint64_t kReplanEvery = 25;  // steps

}  // namespace

Pace::Pace(const Budget& budget, const Clock& clock, std::uint64_t step_tokens)
    : budget_(budget), clock_(clock), step_tokens_(step_tokens),
      begun_ns_(clock.monotonic_ns()), steps_begun_ns_(begun_ns_), steps_(budget.steps) {}

void Pace::resume(const Resumed& from) {
  step_ = from.step;
  earlier_steps_ = from.step;
  steps_ = from.steps;
  earlier_seconds_ = from.seconds;
}

double Pace::seconds() const {
  return earlier_seconds_ + static_cast<double>(clock_.monotonic_ns() - begun_ns_) / 1e9;
}

void Pace::begin() { steps_begun_ns_ = clock_.monotonic_ns(); }

double Pace::rate() const {
  const double here = static_cast<double>(clock_.monotonic_ns() - steps_begun_ns_) / 1e9;
  return here > 0 ? static_cast<double>(step_ - earlier_steps_) / here : 0;
}

void Pace::plan() {
  const double left = std::max(0.0, budget_.seconds - seconds());
  auto fitting = step_ + static_cast<std::uint64_t>(left * rate());
  fitting = std::max({fitting, budget_.least_steps, step_ + 1});
  if (budget_.most_steps != 0) fitting = std::min(fitting, budget_.most_steps);
  const double planned = static_cast<double>(std::max<std::uint64_t>(1, steps_));
  const double off = static_cast<double>(fitting) / planned;
  if (off > kSlack || off < 1 / kSlack) steps_ = fitting;
}

void Pace::step_done(double loss) {
  ++step_;
  const auto seen = static_cast<double>(step_ - earlier_steps_);
  loss_ += std::max(kLossWeight, 1.0 / seen) * (loss - loss_);
  if (budget_.steps != 0) return;
  const bool falling =
      static_cast<double>(step_) >= kDecayBegins * static_cast<double>(steps_);
  if (steps_ == 0 ? seconds() >= budget_.probe_seconds : step_ % kReplanEvery == 0 && !falling) {
    plan();
  }
}

TrainProgress Pace::progress() const {
  TrainProgress p;
  p.step = step_;
  p.steps = steps_;
  p.loss = loss_;
  p.tokens_per_s = rate() * static_cast<double>(step_tokens_);
  p.eta_s = steps_ > step_ && rate() > 0 ? static_cast<double>(steps_ - step_) / rate()
                                         : std::max(0.0, budget_.seconds - seconds());
  if (finished()) p.eta_s = 0;
  return p;
}

double Pace::schedule(std::uint64_t warm_up) const {
  double factor = 1;
  if (step_ < warm_up) factor = static_cast<double>(step_ + 1) / static_cast<double>(warm_up);
  if (steps_ == 0) return factor;
  const double done = static_cast<double>(step_) / static_cast<double>(steps_);
  return factor * std::min(1.0, (1.0 - done) / (1.0 - kDecayBegins));
}

}  // namespace cambium::learn::detail
