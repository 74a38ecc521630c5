#include "chain/modules/governance/shares.hpp"

#include "chain/modules/governance/votes/tally.hpp"
#include "chain/modules/treasury/treasury.hpp"

namespace cambium::chain::governance {
namespace {

void open_year(Context& ctx, std::uint64_t number) {
  pb::Year year;
  year.set_inflow_at_start_ucbm(treasury::inflow_ucbm(ctx));
  kYears.put(ctx, {number}, year);
  auto totals = kTotals.get_or_default(ctx, {});
  totals.set_year(number);
  kTotals.put(ctx, {}, totals);
  const std::int64_t end = totals.genesis_ms() + static_cast<std::int64_t>(number) * kYearMs;
  remember_due(ctx, {end}, {});
}

/// Moves the year's part out of the treasury; as much as is not promised to others.
std::uint64_t take_from_treasury(Context& ctx, const pb::Year& year) {
  const std::uint64_t now = treasury::inflow_ucbm(ctx);
  const std::uint64_t came = now - std::min(now, year.inflow_at_start_ucbm());
  const auto part = kGovernanceParams.get_or_default(ctx, {}).inflow_share_nano();
  const std::uint64_t wanted = mul_div(came, part, kNano).value_or(0);
  const std::uint64_t taken = std::min(wanted, treasury::free_ucbm(ctx));
  const auto paid = treasury::pay_free(ctx, {governance_account(), taken});
  return paid == TxStatus::ok ? taken : 0;
}

}  // namespace

void join_year(Context& ctx, pb::Proposal& proposal) {
  const std::uint64_t number = kTotals.get_or_default(ctx, {}).year();
  auto year = kYears.get(ctx, {number});
  if (!year) return;
  year->set_proposals(year->proposals() + 1);
  kYears.put(ctx, {number}, *year);
  proposal.set_year(number);
}

void first_year(Context& ctx) {
  auto totals = kTotals.get_or_default(ctx, {});
  totals.set_genesis_ms(ctx.block().time.value);
  kTotals.put(ctx, {}, totals);
  open_year(ctx, 1);
}

void roll_year(Context& ctx) {
  const std::uint64_t number = kTotals.get_or_default(ctx, {}).year();
  auto year = kYears.get_or_default(ctx, {number});
  std::uint64_t pool = 0;
  if (year.proposals() > 0) {
    pool = take_from_treasury(ctx, year);
    auto totals = kTotals.get_or_default(ctx, {});
    totals.set_shares_ucbm(totals.shares_ucbm() + pool);
    kTotals.put(ctx, {}, totals);
  }
  if (const auto before = kYears.get(ctx, {number - 1})) {
    pool += before->left_ucbm();
    kYears.erase(ctx, {number - 1});
  }
  if (year.proposals() > 0) year.set_share_ucbm(pool / year.proposals());
  year.set_left_ucbm(pool);
  year.set_closed(true);
  kYears.put(ctx, {number}, year);
  open_year(ctx, number + 1);
  ctx.emit("governance.year_closed", {{"year", std::to_string(number)},
                                      {"proposals", std::to_string(year.proposals())},
                                      {"share", std::to_string(year.share_ucbm())}});
}

Share share_of(const ReadContext& ctx, const pb::Proposal& proposal, const Address& account) {
  const auto year = kYears.get(ctx, {proposal.year()});
  if (proposal.year() == 0 || !year) return {.status = TxStatus::nothing_to_claim};
  if (!year->closed()) return {.status = TxStatus::year_not_over};
  const auto params = kGovernanceParams.get_or_default(ctx, {});
  const bool passed = proposal.status() == pb::STATUS_PASSED;
  const std::uint64_t proposers =
      passed ? mul_div(year->share_ucbm(), params.proposer_part_nano(), kNano).value_or(0) : 0;
  Share share;
  if (proposal.proposer() == to_field(account) && !proposal.proposer_paid()) {
    share.as_proposer_ucbm = proposers;
  }
  const auto ballot = kBallots.get_or_default(ctx, {proposal.id(), account});
  share.as_voter_ucbm = mul_div(year->share_ucbm() - proposers, ballot.weight(),
                                votes_cast(proposal.sums()))
                            .value_or(0);
  if (share.as_voter_ucbm + share.as_proposer_ucbm == 0) share.status = TxStatus::nothing_to_claim;
  return share;
}

}  // namespace cambium::chain::governance
