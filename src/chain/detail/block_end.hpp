// Work at the end of a block: the modules' bounded steps and the price of gas.
#pragma once

#include "chain/block.hpp"

namespace cambium::chain::detail {

/// A step that breaks an invariant is undone and its breaker trips; the chain goes on.
void end_block(const Registry& registry, state::Overlay& overlay, Environment env,
               BlockOutcome& out);

}  // namespace cambium::chain::detail
