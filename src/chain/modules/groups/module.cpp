#include "chain/module.hpp"

#include "chain/message.hpp"
#include "chain/modules/groups/invariants.hpp"
#include "chain/modules/groups/queries.hpp"
#include "chain/modules/modules.hpp"

namespace cambium::chain::groups {

Module module() {
  return {
      .name = "groups",
      .prefix = kGroupsPrefix,
      .messages =
          {
              handler_of<pb::Create>(),
              handler_of<pb::UpdateMembers>(),
              handler_of<pb::UpdatePolicy>(),
              handler_of<pb::UpdateAdmin>(),
              handler_of<pb::Leave>(),
              handler_of<pb::Propose>(),
              handler_of<pb::Vote>(),
              handler_of<pb::Execute>(),
              handler_of<pb::Withdraw>(),
          },
      .tables = {kGroups.info("group"), kMembers.info("member"), kMemberships.info("membership"),
                 kGroupProposals.info("proposal"), kGroupBallots.info("ballot"),
                 kGroupTotals.info("totals")},
      .queries = queries(),
      .invariants = {members_add_up()},
  };
}

}  // namespace cambium::chain::groups
