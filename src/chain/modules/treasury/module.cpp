#include "chain/module.hpp"

#include "chain/message.hpp"
#include "chain/modules/modules.hpp"
#include "chain/modules/treasury/disputes.hpp"
#include "chain/modules/treasury/invariants.hpp"
#include "chain/modules/treasury/params.hpp"
#include "chain/modules/treasury/queries.hpp"

namespace cambium::chain::treasury {
namespace {

Status init(Context& ctx, const pb::Genesis& genesis) {
  auto params = genesis.params();
  fill_defaults(params);
  if (auto why = why_not({}, params)) {
    return fail(ErrorCode::invalid_input, "genesis of treasury: " + *why);
  }
  kTreasuryParams.put(ctx, {}, params);
  return {};
}

}  // namespace

Module module() {
  return {
      .name = "treasury",
      .prefix = kTreasuryPrefix,
      .messages =
          {
              handler_of<pb::Pay>(),
              handler_of<pb::OpenStream>(),
              handler_of<pb::ClaimStream>(),
              handler_of<pb::StopStream>(),
              handler_of<pb::OpenGrant>(),
              handler_of<pb::ReleaseMilestone>(),
              handler_of<pb::StopGrant>(),
              handler_of<pb::OpenBounty>(),
              handler_of<pb::SubmitWork>(),
              handler_of<pb::ReviewWork>(),
              handler_of<pb::CloseBounty>(),
              handler_of<pb::OpenDispute>(),
              handler_of<pb::Rule>(),
              handler_of<pb::Appeal>(),
          },
      .tables = {kTreasuryParams.info("params"), kBook.info("book"), kStreams.info("stream"),
                 kGrants.info("grant"), kBounties.info("bounty"), kSubmissions.info("submission"),
                 kDisputes.info("dispute"), kDisputeDue.info("due")},
      .queries = queries(),
      .invariants = {promises_are_covered()},
      .genesis = genesis<pb::Genesis>(init),
      .block_end = {dispute_step()},
      .params = governed<pb::Params>(kTreasuryParams, why_not),
  };
}

}  // namespace cambium::chain::treasury
