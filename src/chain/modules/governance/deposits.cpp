#include "chain/modules/governance/deposits.hpp"

#include "chain/modules/bank/bank.hpp"
#include "chain/modules/governance/params.hpp"

namespace cambium::chain::governance {
namespace {

void keep_books(Context& ctx, std::uint64_t in, std::uint64_t out) {
  auto totals = kTotals.get_or_default(ctx, {});
  totals.set_deposits_ucbm(totals.deposits_ucbm() + in - out);
  kTotals.put(ctx, {}, totals);
}

std::uint64_t burnt_part(const pb::Proposal& proposal, const Address& depositor, Burn burn,
                         std::uint64_t amount) {
  if (burn == Burn::everything) return amount;
  if (burn == Burn::nothing || to_field(depositor) != proposal.proposer()) return 0;
  return amount / 2;
}

}  // namespace

TxStatus check_deposit(const ReadContext& ctx, const pb::Proposal& proposal,
                       const NewDeposit& deposit) {
  if (bank::spendable(ctx, {deposit.from}) < deposit.amount.ucbm) {
    return TxStatus::insufficient_funds;
  }
  const bool fresh = !kDeposits.has(ctx, {proposal.id(), deposit.from});
  return fresh && proposal.depositors() >= kMaxDepositors ? TxStatus::too_many_depositors
                                                          : TxStatus::ok;
}

void open_vote(Context& ctx, pb::Proposal& proposal) {
  const auto rules = rules_of(kGovernanceParams.get_or_default(ctx, {}), proposal.track());
  const std::int64_t now = ctx.block().time.value;
  proposal.set_status(pb::STATUS_VOTING);
  proposal.set_voting_start_ms(now);
  proposal.set_voting_end_ms(now + rules.window_ms);
  pb::Due due;
  due.set_proposal(proposal.id());
  remember_due(ctx, {proposal.voting_end_ms()}, due);
  ctx.emit("governance.vote_opened", {{"proposal", std::to_string(proposal.id())},
                                      {"track", pb::Track_Name(proposal.track())},
                                      {"title", proposal.title()},
                                      {"ends_ms", std::to_string(proposal.voting_end_ms())}});
}

TxStatus add_deposit(Context& ctx, pb::Proposal& proposal, const NewDeposit& deposit) {
  if (deposit.amount.ucbm > 0) {
    TRY_TX(bank::transfer(ctx, {deposit.from, governance_account(), bank::coin(deposit.amount)}));
    auto record = kDeposits.get(ctx, {proposal.id(), deposit.from});
    if (!record) proposal.set_depositors(proposal.depositors() + 1);
    auto part = record.value_or(pb::DepositRecord{});
    part.set_amount_ucbm(part.amount_ucbm() + deposit.amount.ucbm);
    kDeposits.put(ctx, {proposal.id(), deposit.from}, part);
    proposal.set_deposit_ucbm(proposal.deposit_ucbm() + deposit.amount.ucbm);
    keep_books(ctx, deposit.amount.ucbm, 0);
  }
  const auto rules = rules_of(kGovernanceParams.get_or_default(ctx, {}), proposal.track());
  if (proposal.status() == pb::STATUS_DEPOSIT && proposal.deposit_ucbm() >= rules.deposit_ucbm) {
    open_vote(ctx, proposal);
  }
  save(ctx, proposal);
  return TxStatus::ok;
}

void end_deposits(Context& ctx, const pb::Proposal& proposal, Burn burn) {
  std::vector<std::pair<Address, std::uint64_t>> parts;
  kDeposits.scan(ctx, kDeposits.prefix(proposal.id()), [&](const auto& key, const auto& record) {
    parts.emplace_back(std::get<1>(key), record.amount_ucbm());
    return ScanStep::next;
  });
  std::uint64_t all = 0;
  std::uint64_t burnt = 0;
  for (const auto& [depositor, amount] : parts) {
    const std::uint64_t lost = burnt_part(proposal, depositor, burn, amount);
    const auto back = bank::coin(amount - lost);
    CHECK(bank::transfer(ctx, {governance_account(), depositor, back}) == TxStatus::ok,
          "a deposit is not where it was put");
    kDeposits.erase(ctx, {proposal.id(), depositor});
    all += amount;
    burnt += lost;
  }
  if (all > 0) keep_books(ctx, 0, all);
  if (burnt > 0) {
    CHECK(bank::burn(ctx, governance_account(), bank::coin(burnt)) == TxStatus::ok,
          "a vetoed deposit is not where it was put");
    ctx.emit("governance.deposit_burnt", {{"proposal", std::to_string(proposal.id())},
                                          {"amount", std::to_string(burnt)}});
  }
}

}  // namespace cambium::chain::governance
