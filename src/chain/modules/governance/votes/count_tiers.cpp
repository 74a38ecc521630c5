// The tier electorate: every node has one, two or three votes.
#include "chain/modules/governance/votes/tally.hpp"
#include "chain/modules/governance/votes/tier.hpp"
#include "chain/modules/nodes/nodes.hpp"

namespace cambium::chain::governance {

Count count_tiers(Context& ctx, const pb::Proposal& proposal, pb::Tally& tally, Budget& budget) {
  const Bytes below = nodes::kNodes.prefix();
  const Bytes after = to_bytes(tally.next_key());
  std::vector<Address> electors;
  Budget visited = 0;
  bool ended = true;
  nodes::kNodes.scan(ctx, state::Range{below, after}, [&](const auto& key, const auto& node) {
    if (visited >= budget) {
      ended = false;
      return ScanStep::stop;
    }
    ++visited;
    // Who registers to decide an open vote is too late for it.
    if (node.registered_ms() <= proposal.voting_start_ms()) electors.push_back(std::get<0>(key));
    tally.set_next_key(to_string(nodes::kNodes.key(key)));
    return ScanStep::next;
  });
  for (const Address& account : electors) {
    const std::uint64_t weight = tier_of(ctx, account);
    auto& sums = *tally.mutable_sums();
    sums.set_electorate(sums.electorate() + weight);
    const auto ballot = kBallots.get(ctx, {proposal.id(), account});
    if (ballot) add_votes(sums, ballot->choice(), weight);
  }
  budget -= visited;
  return ended ? Count::done : Count::goes_on;
}

}  // namespace cambium::chain::governance
