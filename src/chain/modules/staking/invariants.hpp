// Rules about stake that hold whoever wrote the handler.
#pragma once

#include "chain/invariant.hpp"

namespace cambium::chain::staking {

/// The stake account's coins move with what is bonded and unbonding.
Invariant holds_what_is_staked();
/// The rewards account's coins move with what stake and operators have earned and not withdrawn.
Invariant holds_what_is_earned();
/// A validator's shares are those of its delegations, and its tokens are never more than them.
Invariant shares_add_up();
/// What the engine is told is a validator's own key and power; candidates are validators that
/// stand, at their power; keys belong to validators; every entry on its way has its time.
Invariant indexes_agree();

}  // namespace cambium::chain::staking
