#include "chain/module.hpp"

#include "chain/modules/modules.hpp"
#include "chain/modules/slashing/queries.hpp"
#include "chain/modules/slashing/signing.hpp"
#include "chain/modules/slashing/slashing.hpp"
#include "chain/modules/slashing/steps.hpp"

namespace cambium::chain::slashing {
namespace {

Status init(Context& ctx, const pb::Genesis& genesis) {
  auto params = genesis.params();
  fill_defaults(params);
  if (const auto reason = why_not(params, params)) {
    return fail(ErrorCode::invalid_input, "genesis of slashing: " + *reason);
  }
  kSlashingParams.put(ctx, {}, params);
  return {};
}

}  // namespace

Module module() {
  return {
      .name = "slashing",
      .prefix = kSlashingPrefix,
      .messages = {handler_of<pb::ReportInvalidProposal>()},
      .tables = {kSlashingParams.info("params"), kAbsences.info("absence"),
                 kSigning.info("signing"), kOffences.info("offence"),
                 kPunished.info("punished"), kLeftOut.info("left_out"),
                 kOccasions.info("occasions")},
      .queries = queries(),
      .genesis = chain::genesis<pb::Genesis>(init),
      .block_end = {votes_step(), double_sign_step(), downtime_step(),
                    inclusion_step()},
      .params = governed<pb::Params>(kSlashingParams, why_not),
  };
}

}  // namespace cambium::chain::slashing
