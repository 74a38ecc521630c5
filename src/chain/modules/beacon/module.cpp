#include "chain/module.hpp"

#include "chain/modules/beacon/tables.hpp"
#include "chain/modules/modules.hpp"

namespace cambium::chain::beacon {

Module module() {
  return {
      .name = "beacon",
      .prefix = kBeaconPrefix,
      .tables = {kBeaconParams.info("params"), kKeys.info("key"), kSession.info("session"),
                 kDeals.info("deal"), kCommitments.info("commitments"), kGroups.info("group"),
                 kPending.info("pending"), kRounds.info("round")},
  };
}

}  // namespace cambium::chain::beacon
