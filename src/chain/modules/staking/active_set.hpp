// Which validators sign: the strongest that may, recomputed when a block ends.
#pragma once

#include "chain/module.hpp"
#include "chain/modules/staking/tables.hpp"

namespace cambium::chain::staking {

/// Writes the differences between the set the engine was last told and the one that should be.
/// Never leaves a chain that had validators without any: the last ones stay until others can take
/// over, because an engine cannot run on an empty set.
void update_active_set(Context& ctx);
BlockEndStep active_set_step();

/// Enough own stake, not jailed, and, when the chain asks for it, a registered node that answers
/// (H/CS-01).
bool may_be_active(const ReadContext& ctx, const Address& operator_account,
                   const pb::Validator& validator);

}  // namespace cambium::chain::staking
