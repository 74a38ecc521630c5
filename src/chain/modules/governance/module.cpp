#include "chain/module.hpp"

#include "chain/message.hpp"
#include "chain/modules/governance/invariants.hpp"
#include "chain/modules/governance/lifecycle.hpp"
#include "chain/modules/governance/params.hpp"
#include "chain/modules/governance/queries.hpp"
#include "chain/modules/governance/shares.hpp"
#include "chain/modules/modules.hpp"

namespace cambium::chain::governance {
namespace {

Status init(Context& ctx, const pb::Genesis& genesis) {
  auto params = genesis.params();
  fill_defaults(params);
  if (auto why = why_not({}, params)) {
    return fail(ErrorCode::invalid_input, "genesis of governance: " + *why);
  }
  kGovernanceParams.put(ctx, {}, params);
  first_year(ctx);
  return {};
}

}  // namespace

Module module() {
  return {
      .name = "governance",
      .prefix = kGovernancePrefix,
      .messages =
          {
              handler_of<pb::Propose>(),
              handler_of<pb::Deposit>(),
              handler_of<pb::Vote>(),
              handler_of<pb::Cancel>(),
              handler_of<pb::ClaimShare>(),
          },
      .tables = {kGovernanceParams.info("params"), kProposals.info("proposal"),
                 kDeposits.info("deposit"), kBallots.info("ballot"), kTallies.info("tally"),
                 kBackings.info("backing"), kDue.info("due"), kActs.info("act"),
                 kOrders.info("order"), kExcluded.info("excluded"), kAudits.info("audit"),
                 kPolicies.info("policy"), kCouncil.info("council"), kYears.info("year"),
                 kTotals.info("totals")},
      .queries = queries(),
      .invariants = {holds_what_it_owes()},
      .genesis = genesis<pb::Genesis>(init),
      .block_end = {due_step(), tally_step()},
      .params = governed<pb::Params>(kGovernanceParams, why_not),
  };
}

}  // namespace cambium::chain::governance
