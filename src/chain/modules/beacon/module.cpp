#include "chain/module.hpp"

#include "chain/modules/beacon/session.hpp"
#include "chain/modules/modules.hpp"

namespace cambium::chain::beacon {

Module module() {
  return {
      .name = "beacon",
      .prefix = kBeaconPrefix,
      .messages = {handler_of<pb::Register>(), handler_of<pb::Deal>(), handler_of<pb::Complain>()},
      .tables = {kBeaconParams.info("params"), kKeys.info("key"), kSession.info("session"),
                 kDeals.info("deal"), kCommitments.info("commitments"), kGroups.info("group"),
                 kPending.info("pending"), kRounds.info("round")},
      .queries = queries(),
      .invariants = {shares_are_whole()},
      .genesis = chain::genesis<pb::Genesis>(init_genesis),
      .block_end = {session_step(), rounds_step()},
      .params = governed<pb::Params>(kBeaconParams, why_not),
  };
}

}  // namespace cambium::chain::beacon
