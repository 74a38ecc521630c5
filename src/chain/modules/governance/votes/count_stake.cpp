// The stake electorate: one ucbm bonded behind an active validator is one vote.
#include <algorithm>

#include "chain/modules/governance/votes/tally.hpp"
#include "chain/modules/staking/staking.hpp"

namespace cambium::chain::governance {
namespace {

struct Cast {
  Address voter;
  pb::Ballot ballot;
};

std::vector<Cast> next_ballots(const ReadContext& ctx, std::uint64_t proposal,
                               const pb::Tally& tally, Budget budget) {
  std::vector<Cast> out;
  const Bytes below = kBallots.prefix(proposal);
  const Bytes after = to_bytes(tally.next_key());
  kBallots.scan(ctx, state::Range{below, after}, [&](const auto& key, const pb::Ballot& ballot) {
    if (out.size() >= budget) return ScanStep::stop;
    out.push_back({std::get<1>(key), ballot});
    return ScanStep::next;
  });
  return out;
}

/// The voter's own coins, taken from behind his validators; returns the entries visited.
Budget count_own(Context& ctx, std::uint64_t proposal, Cast& cast, pb::Sums& sums) {
  const auto stakes = staking::stakes_of(ctx, cast.voter);
  std::uint64_t weight = 0;
  for (const auto& stake : stakes) {
    auto backing = kBackings.get(ctx, {proposal, stake.validator});
    if (!backing) continue;  // the validator is not active: the coins are not of the electorate
    const std::uint64_t part = std::min(stake.amount.ucbm, backing->left_ucbm());
    backing->set_left_ucbm(backing->left_ucbm() - part);
    kBackings.put(ctx, {proposal, stake.validator}, *backing);
    weight += part;
  }
  add_votes(sums, cast.ballot.choice(), weight);
  cast.ballot.set_weight(weight);
  kBallots.put(ctx, {proposal, cast.voter}, cast.ballot);
  return 1 + stakes.size();
}

Count count_ballots(Context& ctx, const pb::Proposal& proposal, pb::Tally& tally,
                    Budget& budget) {
  auto ballots = next_ballots(ctx, proposal.id(), tally, budget);
  const bool all_read = ballots.size() < budget;
  for (auto& cast : ballots) {
    if (budget == 0) return Count::goes_on;
    const Budget used = count_own(ctx, proposal.id(), cast, *tally.mutable_sums());
    budget -= std::min(budget, used);
    tally.set_next_key(to_string(kBallots.key({proposal.id(), cast.voter})));
  }
  return all_read ? Count::done : Count::goes_on;
}

Count inherit(Context& ctx, const pb::Proposal& proposal, pb::Tally& tally, Budget& budget) {
  std::vector<std::pair<Address, std::uint64_t>> behind;
  const Bytes below = kBackings.prefix(proposal.id());
  kBackings.scan(ctx, below, [&](const auto& key, const pb::Backing& backing) {
    if (behind.size() >= budget) return ScanStep::stop;
    behind.emplace_back(std::get<1>(key), backing.left_ucbm());
    return ScanStep::next;
  });
  for (const auto& [validator, left] : behind) {
    kBackings.erase(ctx, {proposal.id(), validator});
    auto ballot = kBallots.get(ctx, {proposal.id(), validator});
    if (!ballot) continue;
    add_votes(*tally.mutable_sums(), ballot->choice(), left);
    ballot->set_weight(ballot->weight() + left);
    kBallots.put(ctx, {proposal.id(), validator}, *ballot);
  }
  budget -= behind.size();
  return budget == 0 ? Count::goes_on : Count::done;
}

}  // namespace

Count count_stake(Context& ctx, const pb::Proposal& proposal, pb::Tally& tally, Budget& budget) {
  if (!tally.inheriting()) {
    if (count_ballots(ctx, proposal, tally, budget) == Count::goes_on) return Count::goes_on;
    tally.set_inheriting(true);
    if (budget == 0) return Count::goes_on;
  }
  return inherit(ctx, proposal, tally, budget);
}

}  // namespace cambium::chain::governance
