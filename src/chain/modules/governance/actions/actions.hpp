// What a proposal does when it passes.
#pragma once

#include "chain/modules/governance/governance.hpp"

namespace cambium::chain::governance {

inline constexpr std::size_t kMaxMessageBytes = 64 * 1024;
inline constexpr std::size_t kMaxNameBytes = 64;
inline constexpr std::size_t kMaxPolicyBytes = 4'096;

/// Sizes and forms; statuses of the malformed band.
TxStatus preflight_action(const pb::Action& action);

/// Whether the electorate of that track may decide on it.
bool is_allowed(pb::Track track, const pb::Action& action);

/// Whether it could be carried out as things stand, so that nobody votes on what must fail.
/// action_not_allowed for the wrong track.
TxStatus check_action(const ReadContext& ctx, pb::Track track, const pb::Action& action);

/// Carries it out. What it left half done is the caller's to roll back.
TxStatus run_action(Context& ctx, const pb::Proposal& proposal, const pb::Action& action);

}  // namespace cambium::chain::governance
