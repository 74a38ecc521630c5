#include "chain/modules/rewards/emission.hpp"

#include <algorithm>

#include "base/amount.hpp"
#include "chain/modules/evaluation/statistics.hpp"

namespace cambium::chain::rewards {

std::uint64_t hourly_issue(const Issue& issue, std::uint64_t hour) {
  const u128 year = u128(issue.supply_ucbm) * issue.rate_nano / kNano;
  return std::uint64_t(year * (hour + 1) / kHoursPerYear - year * hour / kHoursPerYear);
}

Budgets split_issue(std::uint64_t issued_ucbm, const pb::Params& params) {
  Budgets out;
  out.task_ucbm = mul_div(issued_ucbm, params.task_share_nano(), kNano).value_or(0);
  out.staking_ucbm = mul_div(issued_ucbm, params.staking_share_nano(), kNano).value_or(0);
  out.development_ucbm = issued_ucbm - out.task_ucbm - out.staking_ucbm;
  return out;
}

std::uint64_t training_reward_ucbm(const pb::Params& params, const TrainingFacts& facts) {
  const std::uint64_t improvement =
      evaluation::ln_ratio_nano(facts.old_loss_nano, facts.new_loss_nano);
  if (improvement == 0 || params.improvement_unit_nano() == 0) return 0;
  const std::uint64_t quality = std::min(facts.quality_nano, kNano);
  const std::uint64_t reputation = std::min(facts.reputation_nano, kNano);
  u128 reward = params.training_base_ucbm();
  reward = reward * params.training_multiplier_nano() / kNano;
  reward = reward * improvement / params.improvement_unit_nano();
  reward = reward * (kNano / 2 + quality * 3 / 2) / kNano;
  reward = reward * (kNano / 10 * 8 + reputation * 7 / 10) / kNano;
  return reward > UINT64_MAX ? UINT64_MAX : std::uint64_t(reward);
}

}  // namespace cambium::chain::rewards
