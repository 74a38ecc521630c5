// A session makes a group's key: members deal, then may complain, then what is left counts.
#pragma once

#include "chain/module.hpp"
#include "chain/modules/beacon/beacon.hpp"

namespace cambium::chain::beacon {

/// The members that a session beginning now would have: the active set's registered validators,
/// when they hold at least seven tenths of its power; nobody otherwise.
std::vector<pb::Member> members_now(const ReadContext& ctx);

/// A session's member of that operator, if any.
const pb::Member* member_of(const pb::Session& session, const Address& who);

/// A stored deal with its commitments, as the scheme takes it.
std::optional<crypto::BeaconDeal> stored_deal(const ReadContext& ctx, std::uint64_t session,
                                              const Address& dealer);

/// Takes a dealer's part out of the sum again.
void drop_dealer(Context& ctx, pb::Session& session, const Address& dealer);

/// Begins a session when the members differ from the group's, and moves a running one on.
BlockEndStep session_step();
/// Keeps rounds while a draw waits, and forgets them afterwards.
BlockEndStep rounds_step();

void fill_defaults(pb::Params& params);
/// Why governance may not set these; nothing when it may.
std::optional<std::string> why_not(const pb::Params& before, const pb::Params& after);
Status init_genesis(Context& ctx, const pb::Genesis& genesis);

/// Names: params group session key round.
std::vector<Query> queries();
/// Every group and every session hands out each of its shares once.
Invariant shares_are_whole();

}  // namespace cambium::chain::beacon
