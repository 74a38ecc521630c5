// Appeal: who lost the round asks for a panel of twice the size, at his own deposit.
#include <algorithm>

#include "chain/message.hpp"
#include "chain/modules/bank/bank.hpp"
#include "chain/modules/treasury/disputes.hpp"

namespace cambium::chain {
namespace {

using namespace treasury;

TxStatus preflight(const pb::Appeal& msg) {
  return msg.dispute() == 0 ? TxStatus::field_out_of_range : TxStatus::ok;
}

/// The claimant against the reviewers, each of whom may speak for the treasury.
bool lost(const ReadContext& ctx, const pb::Dispute& dispute, const std::string& account) {
  if (!dispute.claimant_won()) return account == dispute.claimant();
  const auto bounty = kBounties.get_or_default(ctx, {dispute.bounty()});
  return std::ranges::find(bounty.reviewers(), account) != bounty.reviewers().end();
}

TxStatus check(const ReadContext& ctx, const pb::Appeal& msg) {
  const auto dispute = kDisputes.get(ctx, {msg.dispute()});
  if (!dispute) return TxStatus::dispute_not_found;
  if (dispute->status() == pb::DISPUTE_STATUS_FINAL) return TxStatus::ruling_final;
  if (dispute->status() != pb::DISPUTE_STATUS_APPEALABLE) return TxStatus::wrong_dispute_step;
  if (!lost(ctx, *dispute, msg.sender())) return TxStatus::not_a_party;
  if (ctx.block().time.value >= dispute->due_ms()) return TxStatus::deadline_passed;
  const auto deposit =
      deposit_of_round(kTreasuryParams.get_or_default(ctx, {}), dispute->round() + 1);
  return bank::spendable(ctx, {to_address(msg.sender())}) < deposit ? TxStatus::insufficient_funds
                                                                    : TxStatus::ok;
}

TxStatus apply(Context& ctx, const pb::Appeal& msg) {
  auto dispute = *kDisputes.get(ctx, {msg.dispute()});
  ctx.emit("treasury.appealed", {{"dispute", std::to_string(msg.dispute())},
                                 {"by", to_address(msg.sender()).text()}});
  return begin_round(ctx, {msg.dispute(), to_address(msg.sender())}, dispute);
}

}  // namespace

template <>
MessageHandler handler_of<treasury::pb::Appeal>() {
  return handler<treasury::pb::Appeal>({.base_gas = {10'000}}, {preflight, check, apply});
}

}  // namespace cambium::chain
