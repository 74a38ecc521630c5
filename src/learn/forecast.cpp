// What the chain's verdict will probably be. Plain arithmetic: only the chain's integers decide.
#include <cmath>
#include <fmt/format.h>

#include "learn/evaluation.hpp"

namespace cambium::learn {
namespace {

// One-sided 99 % quantile of Student's t (Abramowitz and Stegun 26.7.5, to two terms), a shade
// high for few degrees of freedom, which is the safe side for a trainer.
double t_quantile(double degrees) {
  constexpr double z = 2.326347874;
  const double first = (z * z * z + z) / (4 * degrees);
  const double second =
      (5 * std::pow(z, 5) + 16 * z * z * z + 3 * z) / (96 * degrees * degrees);
  return z + first + second;
}

GainForecast bounds_of(const SliceMeasurement& m) {
  GainForecast out{m.slice, m.half, 0, 0, 0};
  if (m.sequences < 2) return out;
  const auto n = static_cast<double>(m.sequences);
  const double mean = static_cast<double>(m.sum_gain_nano) / n;
  const double variance =
      std::max(0.0, (static_cast<double>(m.sum_squares) - n * mean * mean) / (n - 1));
  const double margin = t_quantile(n - 1) * std::sqrt(variance / n);
  out.mean_nano = static_cast<std::int64_t>(std::floor(mean));
  out.lower_nano = static_cast<std::int64_t>(std::floor(mean - margin));
  out.upper_harm_nano = static_cast<std::int64_t>(std::ceil(margin - mean));
  return out;
}

// The sentence of a refusal, empty when the half is in order.
std::string objection(const GainForecast& f, std::string_view target, const Acceptance& rules) {
  if (f.slice == target && f.lower_nano < rules.min_gain_nano) {
    return fmt::format("On the {} half of {} the gain is {:.4f} nats per token, but its 99 % lower "
                       "bound {:.4f} is under {:.4f}.", name(f.half), f.slice,
                       static_cast<double>(f.mean_nano) / 1e9,
                       static_cast<double>(f.lower_nano) / 1e9,
                       static_cast<double>(rules.min_gain_nano) / 1e9);
  }
  if (f.slice != target && f.upper_harm_nano > rules.max_harm_nano) {
    return fmt::format("It harms the {} half of {}: by up to {:.4f} nats per token (99 %), {:.4f} "
                       "are allowed.", name(f.half), f.slice,
                       static_cast<double>(f.upper_harm_nano) / 1e9,
                       static_cast<double>(rules.max_harm_nano) / 1e9);
  }
  return {};
}

}  // namespace

Forecast forecast(std::span<const SliceMeasurement> measurements, std::string_view target,
                  const Acceptance& rules) {
  Forecast out;
  bool measured = false;
  for (const SliceMeasurement& m : measurements) {
    out.halves.push_back(bounds_of(m));
    measured = measured || m.slice == target;
    if (out.reason.empty()) out.reason = objection(out.halves.back(), target, rules);
  }
  if (!measured) out.reason = "The target slice " + std::string(target) + " was not measured.";
  out.accepted = out.reason.empty();
  if (out.accepted) {
    out.reason = "The gain is above its bound on both halves and no other slice is harmed.";
  }
  return out;
}

}  // namespace cambium::learn
