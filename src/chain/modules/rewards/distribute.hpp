// The work between blocks: opens each hour's budgets and pays queued rewards from them.
#pragma once

#include "chain/module.hpp"

namespace cambium::chain::rewards {

/// Mints what the yearly cap leaves of `wanted`, keeps the cap's books, returns how much it was;
/// the running message or step must declare `may_mint`.
std::uint64_t mint_within_cap(Context& ctx, const Address& to, std::uint64_t wanted_ucbm);

/// Both may mint; nothing else in this module does.
BlockEndStep open_hour_step();
BlockEndStep pay_pending_step();

}  // namespace cambium::chain::rewards
