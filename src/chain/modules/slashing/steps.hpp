// The work between blocks that finds offences. Each step updates the active set when it punished
// somebody, so that the engine hears of it with the same block.
#pragma once

#include "chain/module.hpp"

namespace cambium::chain::slashing {

/// Two votes of one key at one height, as the engine proved them.
BlockEndStep double_sign_step();
/// Absences longer than what is tolerated: one part for every day until the validator is back.
BlockEndStep downtime_step();
/// What the block's proposer left out although the votes it was given named it.
BlockEndStep inclusion_step();

}  // namespace cambium::chain::slashing
