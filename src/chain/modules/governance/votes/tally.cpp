#include "chain/modules/governance/votes/tally.hpp"

#include <algorithm>

#include "chain/modules/governance/params.hpp"
#include "chain/modules/staking/staking.hpp"

namespace cambium::chain::governance {
namespace {

bool changes_rules(const pb::Proposal& proposal) {
  return std::ranges::any_of(proposal.actions(), [](const pb::Action& action) {
    return action.has_upgrade() || action.has_cancel_upgrade();
  });
}

/// Whether part / whole reaches the ratio, without rounding.
bool at_least(std::uint64_t part, std::uint64_t whole, std::uint64_t nano) {
  return u128(part) * kNano >= u128(whole) * nano;
}
bool more_than(std::uint64_t part, std::uint64_t whole, std::uint64_t nano) {
  return u128(part) * kNano > u128(whole) * nano;
}

void open_count(Context& ctx, const pb::Proposal& proposal, pb::Tally& tally) {
  tally.set_started_height(std::max<std::uint64_t>(ctx.block().height.value, 1));
  if (proposal.track() != pb::TRACK_STAKE) return;
  std::uint64_t all = 0;
  for (const Address& validator : staking::active_set(ctx)) {
    const std::uint64_t bonded = staking::bonded_to(ctx, validator).ucbm;
    pb::Backing backing;
    backing.set_bonded_ucbm(bonded);
    backing.set_left_ucbm(bonded);
    kBackings.put(ctx, {proposal.id(), validator}, backing);
    all += bonded;
  }
  tally.mutable_sums()->set_electorate(all);
}

}  // namespace

void start_tally(Context& ctx, pb::Proposal& proposal) {
  proposal.set_status(pb::STATUS_TALLYING);
  kTallies.put(ctx, {proposal.id()}, {});
  save(ctx, proposal);
}

Count count_on(Context& ctx, pb::Proposal& proposal, Budget& budget) {
  auto tally = kTallies.get_or_default(ctx, {proposal.id()});
  if (tally.started_height() == 0) open_count(ctx, proposal, tally);
  const Count count = proposal.track() == pb::TRACK_STAKE
                          ? count_stake(ctx, proposal, tally, budget)
                          : count_tiers(ctx, proposal, tally, budget);
  if (count == Count::goes_on) {
    kTallies.put(ctx, {proposal.id()}, tally);
    return count;
  }
  kTallies.erase(ctx, {proposal.id()});
  *proposal.mutable_sums() = tally.sums();
  return count;
}

std::size_t emergency_electorate(const ReadContext& ctx) {
  std::size_t count = staking::active_set(ctx).size();
  kExcluded.scan(ctx, kExcluded.prefix(), [&](const auto& key, const pb::Until& until) {
    const bool in_force = ctx.block().time.value < until.until_ms();
    if (in_force && !staking::is_active(ctx, std::get<0>(key))) ++count;
    return ScanStep::next;
  });
  return count;
}

EmergencyCount count_validators(const ReadContext& ctx, std::uint64_t proposal) {
  EmergencyCount count;
  count.validators = emergency_electorate(ctx);
  for (const Address& validator : staking::active_set(ctx)) {
    const auto ballot = kBallots.get_or_default(ctx, {proposal, validator});
    if (ballot.choice() == pb::CHOICE_YES) count.in_favour.push_back(validator);
  }
  std::ranges::sort(count.in_favour);
  return count;
}

void add_votes(pb::Sums& sums, pb::Choice choice, std::uint64_t weight) {
  switch (choice) {
    case pb::CHOICE_YES: return sums.set_yes(sums.yes() + weight);
    case pb::CHOICE_NO: return sums.set_no(sums.no() + weight);
    case pb::CHOICE_ABSTAIN: return sums.set_abstain(sums.abstain() + weight);
    case pb::CHOICE_VETO: return sums.set_veto(sums.veto() + weight);
    default: return;
  }
}

std::uint64_t votes_cast(const pb::Sums& sums) {
  return sums.yes() + sums.no() + sums.abstain() + sums.veto();
}

pb::Status outcome(const pb::Params& params, const pb::Proposal& proposal) {
  const auto rules = rules_of(params, proposal.track());
  const auto& sums = proposal.sums();
  const std::uint64_t cast = votes_cast(sums);
  if (cast == 0 || !at_least(cast, sums.electorate(), rules.quorum_nano)) {
    return pb::STATUS_NO_QUORUM;
  }
  if (rules.veto_nano > 0 && at_least(sums.veto(), cast, rules.veto_nano)) {
    return pb::STATUS_VETOED;
  }
  const std::uint64_t bar =
      changes_rules(proposal) ? params.upgrade_threshold_nano() : rules.threshold_nano;
  return more_than(sums.yes(), sums.yes() + sums.no() + sums.veto(), bar) ? pb::STATUS_PASSED
                                                                         : pb::STATUS_REJECTED;
}

Count prune_ballots(Context& ctx, std::uint64_t proposal, Budget& budget) {
  std::vector<Address> voters;
  kBallots.scan(ctx, kBallots.prefix(proposal), [&](const auto& key, const auto&) {
    if (voters.size() >= budget) return ScanStep::stop;
    voters.push_back(std::get<1>(key));
    return ScanStep::next;
  });
  for (const Address& voter : voters) kBallots.erase(ctx, {proposal, voter});
  budget -= voters.size();
  return budget == 0 ? Count::goes_on : Count::done;
}

}  // namespace cambium::chain::governance
