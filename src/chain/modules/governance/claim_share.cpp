// ClaimShare: a voter's or proposer's part of what the treasury took in during the year.
#include "chain/message.hpp"
#include "chain/modules/bank/bank.hpp"
#include "chain/modules/governance/shares.hpp"

namespace cambium::chain {
namespace {

using namespace governance;

TxStatus preflight(const pb::ClaimShare& msg) {
  return msg.proposal() == 0 ? TxStatus::field_out_of_range : TxStatus::ok;
}

TxStatus check(const ReadContext& ctx, const pb::ClaimShare& msg) {
  const auto proposal = find(ctx, msg.proposal());
  if (!proposal) return TxStatus::proposal_not_found;
  return share_of(ctx, *proposal, to_address(msg.sender())).status;
}

TxStatus apply(Context& ctx, const pb::ClaimShare& msg) {
  const Address account = to_address(msg.sender());
  auto proposal = find(ctx, msg.proposal());
  const Share share = share_of(ctx, *proposal, account);
  const std::uint64_t sum = share.as_voter_ucbm + share.as_proposer_ucbm;
  if (share.as_voter_ucbm > 0) kBallots.erase(ctx, {msg.proposal(), account});
  if (share.as_proposer_ucbm > 0) {
    proposal->set_proposer_paid(true);
    save(ctx, *proposal);
  }
  auto year = kYears.get_or_default(ctx, {proposal->year()});
  year.set_left_ucbm(year.left_ucbm() - sum);
  kYears.put(ctx, {proposal->year()}, year);
  auto totals = kTotals.get_or_default(ctx, {});
  totals.set_shares_ucbm(totals.shares_ucbm() - sum);
  kTotals.put(ctx, {}, totals);
  ctx.emit("governance.share_claimed", {{"proposal", std::to_string(msg.proposal())},
                                        {"account", account.text()},
                                        {"amount", std::to_string(sum)}});
  return bank::transfer(ctx, {governance_account(), account, bank::coin(sum)});
}

}  // namespace

template <>
MessageHandler handler_of<governance::pb::ClaimShare>() {
  return handler<governance::pb::ClaimShare>({.base_gas = {5'000}}, {preflight, check, apply});
}

}  // namespace cambium::chain
