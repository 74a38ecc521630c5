#include "chain/module.hpp"

#include "chain/modules/modules.hpp"
#include "chain/modules/staking/active_set.hpp"
#include "chain/modules/staking/genesis.hpp"

namespace cambium::chain::staking {

Module module() {
  return {
      .name = "staking",
      .prefix = kStakingPrefix,
      .tables = {kStakingParams.info("params"), kValidators.info("validator"),
                 kDelegations.info("delegation"), kUnbondings.info("unbonding"),
                 kRedelegations.info("redelegation"), kQueue.info("maturing"),
                 kSlashes.info("slash"), kCandidates.info("candidate"),
                 kOperators.info("operator"), kActiveSet.info("active"), kEpoch.info("epoch"),
                 kCounters.info("counters"), kWithdrawTo.info("withdraw_address")},
      .genesis = genesis<pb::Genesis>(init_genesis),
      .block_end = {active_set_step()},
      .params = governed<pb::Params>(kStakingParams, why_not),
  };
}

}  // namespace cambium::chain::staking
