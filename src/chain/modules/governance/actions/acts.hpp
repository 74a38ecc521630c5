// Emergency acts: in force for a time, undone by themselves.
#pragma once

#include "chain/modules/governance/governance.hpp"

namespace cambium::chain::governance {

/// lasts_too_long, cannot_be_switched_off, message_name_unknown, rewards_not_here, ...
TxStatus check_act(const ReadContext& ctx, pb::Track track, const pb::Action& action);

/// Puts the act into force and on the calendar of its end.
TxStatus begin_act(Context& ctx, const pb::Proposal& proposal, const pb::Action& action);

/// Its time is over: what it changed is as before.
void end_act(Context& ctx, std::uint64_t act);

}  // namespace cambium::chain::governance
