#include "chain/module.hpp"

#include "chain/modules/models/invariants.hpp"
#include "chain/modules/models/light_work.hpp"
#include "chain/modules/models/models.hpp"
#include "chain/modules/models/queries.hpp"
#include "chain/modules/modules.hpp"

namespace cambium::chain::models {
namespace {

std::optional<std::string> why_not(const pb::Params&, const pb::Params& p) {
  if (p.work_bits() > 40) return "nobody could find a proof-of-work of more than 40 bits";
  if (p.lease_blocks() == 0) return "a lease must last at least one block";
  if (p.max_blocks_per_tx() == 0 || p.max_leases_per_account() == 0) return "a limit may not be 0";
  for (const auto& authority : p.authorities()) {
    if (!is_address(authority)) return "an authority is not a 20-byte account";
  }
  return std::nullopt;
}

/// Fields that genesis leaves at zero take their defaults, except the proof-of-work: 0 bits is
/// a choice that test networks make.
Status init(Context& ctx, const pb::Genesis& genesis) {
  auto params = genesis.params();
  if (!genesis.has_params()) params.set_work_bits(kDefaultWorkBits);
  if (params.lease_blocks() == 0) params.set_lease_blocks(17'280);  // a day of 5 s blocks
  if (params.max_blocks_per_tx() == 0) params.set_max_blocks_per_tx(1'024);
  if (params.max_leases_per_account() == 0) params.set_max_leases_per_account(64);
  if (auto why = why_not({}, params)) return fail(ErrorCode::invalid_input, "models: " + *why);
  kModelParams.put(ctx, {}, params);
  return {};
}

}  // namespace

Module module() {
  return {
      .name = "models",
      .prefix = kModelsPrefix,
      .messages =
          {
              handler_of<pb::PublishMeta>(),
              handler_of<pb::PublishAnchor>(),
              handler_of<pb::LeaseSlot>(),
          },
      .tables = {kModelParams.info("params"), kModels.info("model"), kBlocks.info("block"),
                 kOrder.info("position"), kIndex.info("index"), kLeases.info("lease"),
                 kRules.info("rules"), kVersions.info("version"), kHeads.info("head")},
      .queries = queries(),
      .invariants = {index_points_at_blocks(), dag_is_acyclic()},
      .genesis = genesis<pb::Genesis>(init),
      .params = governed<pb::Params>(kModelParams, why_not),
  };
}

}  // namespace cambium::chain::models
