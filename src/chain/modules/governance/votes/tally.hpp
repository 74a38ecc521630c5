// Counting: bounded work a block, from a cursor; the sums are those of the count's first block.
#pragma once

#include "chain/modules/governance/governance.hpp"

namespace cambium::chain::governance {

/// Entries that a block may still visit.
using Budget = std::size_t;

enum class Count : std::uint8_t { goes_on, done };

/// Queues the count of a vote that has ended.
void start_tally(Context& ctx, pb::Proposal& proposal);

/// Goes on counting; when done the sums are in `proposal` and the working records are gone. The
/// first call writes down what stands behind each validator of the active set, so that no
/// validator counts for more than was behind it then.
Count count_on(Context& ctx, pb::Proposal& proposal, Budget& budget);

/// Stake: a voter's own ballot takes his part from behind his validators, then each validator's
/// ballot inherits what is left there.
Count count_stake(Context& ctx, const pb::Proposal& proposal, pb::Tally& tally, Budget& budget);
/// Tier: every node that was registered when the vote opened is of the electorate, by its tier now.
Count count_tiers(Context& ctx, const pb::Proposal& proposal, pb::Tally& tally, Budget& budget);

/// How many validators an emergency is counted against: the active ones and those that an act
/// keeps out, for else two thirds could exclude the others and be the new whole.
std::size_t emergency_electorate(const ReadContext& ctx);

/// Yes votes of the active validators, and how many there are to convince.
struct EmergencyCount {
  std::vector<Address> in_favour;  // ascending
  std::size_t validators = 0;
};
EmergencyCount count_validators(const ReadContext& ctx, std::uint64_t proposal);

void add_votes(pb::Sums& sums, pb::Choice choice, std::uint64_t weight);
/// All that voted, abstentions included.
std::uint64_t votes_cast(const pb::Sums& sums);

/// no_quorum, vetoed, rejected or passed, by the track's rules.
pb::Status outcome(const pb::Params& params, const pb::Proposal& proposal);

/// Erases up to `budget` ballots of a decided proposal; whether any are left.
Count prune_ballots(Context& ctx, std::uint64_t proposal, Budget& budget);

}  // namespace cambium::chain::governance
