// The work between blocks: opens each hour's budgets and pays queued rewards from them.
#pragma once

#include "chain/module.hpp"

namespace cambium::chain::rewards {

/// Both may mint; nothing else in this module does.
BlockEndStep open_hour_step();
BlockEndStep pay_pending_step();

}  // namespace cambium::chain::rewards
