// From one state of a proposal to the next: what happens between blocks.
#pragma once

#include "chain/module.hpp"
#include "chain/modules/governance/governance.hpp"

namespace cambium::chain::governance {

/// Ends a proposal: carries its actions out when it passed, gives the deposits back or burns them.
void decide(Context& ctx, pb::Proposal& proposal, pb::Status status);

/// Deposit windows, votes, emergencies and years that end, oldest first.
BlockEndStep due_step();
/// Goes on with the counts under way.
BlockEndStep tally_step();

}  // namespace cambium::chain::governance
