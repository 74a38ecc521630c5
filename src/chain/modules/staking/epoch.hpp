// What validators and stake earn: once an hour, for the hour that ended.
#pragma once

#include "chain/module.hpp"
#include "chain/modules/staking/tables.hpp"

namespace cambium::chain::staking {

/// One validator's part in an epoch, in blocks of that epoch.
struct Service {
  std::uint64_t power = 0;
  std::uint64_t blocks = 0;       // of the epoch
  std::uint64_t signed_blocks = 0;
  std::uint64_t uptime_nano = 0;  // of its whole stay, at most 10^9
  std::uint64_t penalty_ucbm = 0; // what it was slashed in the epoch
};
/// pool * power/all * signed/blocks * (1 + uptime) each, scaled down together where they sum to
/// more than the pool, then less penalties, never below zero (B/CONS-03).
std::vector<std::uint64_t> consensus_rewards(const std::vector<Service>& services,
                                             std::uint64_t pool_ucbm);

/// Opens the hour's epoch at the first block after the hour changed and pays for the one before;
/// hours without a block lapse. May mint, from the hour's staking budget and within its cap.
BlockEndStep epoch_step();

}  // namespace cambium::chain::staking
