#include "chain/module.hpp"

#include "chain/modules/modules.hpp"
#include "chain/modules/staking/active_set.hpp"
#include "chain/modules/staking/epoch.hpp"
#include "chain/modules/staking/genesis.hpp"
#include "chain/modules/staking/invariants.hpp"
#include "chain/modules/staking/queries.hpp"
#include "chain/modules/staking/unbonding.hpp"

namespace cambium::chain::staking {

Module module() {
  return {
      .name = "staking",
      .prefix = kStakingPrefix,
      .messages =
          {
              handler_of<pb::CreateValidator>(),
              handler_of<pb::EditValidator>(),
              handler_of<pb::Delegate>(),
              handler_of<pb::Undelegate>(),
              handler_of<pb::Redelegate>(),
              handler_of<pb::CancelUnbonding>(),
              handler_of<pb::WithdrawRewards>(),
              handler_of<pb::WithdrawCommission>(),
              handler_of<pb::SetWithdrawAddress>(),
              handler_of<pb::Unjail>(),
          },
      .tables = {kStakingParams.info("params"), kValidators.info("validator"),
                 kDelegations.info("delegation"), kUnbondings.info("unbonding"),
                 kRedelegations.info("redelegation"), kQueue.info("maturing"),
                 kSlashes.info("slash"), kCandidates.info("candidate"),
                 kOperators.info("operator"), kActiveSet.info("active"), kEpoch.info("epoch"),
                 kCounters.info("counters"), kWithdrawTo.info("withdraw_address")},
      .queries = queries(),
      .invariants = {holds_what_is_staked(), holds_what_is_earned(), shares_add_up(),
                     indexes_agree()},
      .genesis = chain::genesis<pb::Genesis>(init_genesis),
      .block_end = {epoch_step(), mature_step(), active_set_step()},
      .params = governed<pb::Params>(kStakingParams, why_not),
  };
}

}  // namespace cambium::chain::staking
