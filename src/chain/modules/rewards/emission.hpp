// How much may be issued in an hour: arithmetic without state.
#pragma once

#include <cstdint>

#include "cambium/rewards/v1/rewards.pb.h"

namespace cambium::chain::rewards {

namespace pb = cambium::rewards::v1;

inline constexpr std::uint64_t kHoursPerYear = 8'760;
inline constexpr std::int64_t kHourMs = 3'600'000;
inline constexpr std::uint64_t kDaysPerWindow = 365;

/// Hour `hour` (0..8759) of a year that began with `supply` issues
/// floor(S*r*(h+1)/8760) - floor(S*r*h/8760), so that a year sums to floor(S*r) exactly.
struct Issue {
  std::uint64_t supply_ucbm = 0;
  std::uint64_t rate_nano = 0;
};
std::uint64_t hourly_issue(const Issue& issue, std::uint64_t hour);

/// One hour's budgets; the development fund takes what rounding leaves.
struct Budgets {
  std::uint64_t task_ucbm = 0;
  std::uint64_t staking_ucbm = 0;
  std::uint64_t development_ucbm = 0;
};
Budgets split_issue(std::uint64_t issued_ucbm, const pb::Params& params);

/// base * multiplier * improvement * quality_mult * reputation_mult, left to right with floor
/// (V/PW-01, V/EC-02). improvement = ln(old/new) / unit; quality_mult = 0.5 + 1.5 q;
/// reputation_mult = 0.8 + 0.7 r. 0 without improvement.
struct TrainingFacts {
  std::uint64_t old_loss_nano = 0;
  std::uint64_t new_loss_nano = 0;
  std::uint64_t quality_nano = 0;     // 0..10^9
  std::uint64_t reputation_nano = 0;  // 0..10^9
};
std::uint64_t training_reward_ucbm(const pb::Params& params, const TrainingFacts& facts);

}  // namespace cambium::chain::rewards
