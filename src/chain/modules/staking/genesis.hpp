// How a chain's stake begins.
#pragma once

#include "chain/modules/staking/tables.hpp"

namespace cambium::chain::staking {

/// The economy's numbers, for every field that is zero.
void fill_defaults(pb::Params& params);
/// Why governance may not set these; nothing when it may.
std::optional<std::string> why_not(const pb::Params& before, const pb::Params& after);

/// Bonds the first validators from what genesis gave their operators, so bank comes before.
Status init_genesis(Context& ctx, const pb::Genesis& genesis);

/// Malformed-band verdicts on what an operator says about itself.
TxStatus preflight_commission(const pb::Commission& commission);
TxStatus preflight_description(const pb::Description& description);

}  // namespace cambium::chain::staking
