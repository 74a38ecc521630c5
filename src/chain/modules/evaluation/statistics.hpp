// Confidence bounds of a mean in integers, so that every machine reaches the same verdict.
#pragma once

#include <cstdint>
#include <optional>

#include "base/amount.hpp"

namespace cambium::chain::evaluation {

/// Paired gains of `count` sequences: incumbent loss minus candidate loss, 10^-9 nats per token.
struct GainSums {
  std::uint64_t count = 0;
  std::int64_t sum = 0;
  u128 sum_squares = 0;
};

/// 10^-9 nats per token.
struct GainBounds {
  std::int64_t mean = 0;   // rounded toward minus infinity
  std::int64_t lower = 0;  // one-sided 99 % lower bound of the mean
  std::int64_t upper_harm = 0;  // one-sided 99 % upper bound of minus the mean
};

/// Nothing when the sums cannot come from any sample: fewer than two sequences or more than 2^20,
/// a mean above 100 nats, or squares that sum to less than Cauchy and Schwarz allow.
/// bound = mean -+ t(0.99, count-1) * sqrt(variance / count), every rounding against the candidate.
std::optional<GainBounds> bounds_of(const GainSums& sums);

/// floor(sqrt(x)).
std::uint64_t integer_sqrt(u128 x);

/// Student's t at 0.99 one-sided for `degrees` >= 1, in 10^-6; between table rows the smaller
/// number of degrees counts, which is never too small a quantile.
std::uint64_t t_quantile_micro(std::uint64_t degrees);

/// ln(num / den) in 10^-9, floor to within 2 units, for num >= den > 0; 0 when num <= den.
/// By binary normalisation and the series of atanh.
std::uint64_t ln_ratio_nano(std::uint64_t num, std::uint64_t den);

}  // namespace cambium::chain::evaluation
