// A proposal as pages show it: its stored messages in words, the rule it is judged by, and, while
// the vote lasts, what the count would be if it ended now.
#pragma once

#include "gateway/routes/consensus/consensus.hpp"

namespace cambium::gateway {

/// `proposal` as the module answers it, with `decoded` messages, `rule` and, while votes are
/// taken by stake or tier, `so_far` in place of `sums`.
Result<Json> proposal_json(engine::Engine& chain, Json proposal);

/// Who voted how, at most `kMostBallots`.
inline constexpr std::size_t kMostBallots = 1'000;
Result<Json> ballots_of(engine::Engine& chain, const std::string& proposal);

/// A stored message as {"type", "value"}; null when it does not decode.
Json stored_message_json(const engine::Engine& chain, const std::string& hex);

}  // namespace cambium::gateway
