// OpenDispute: a claimant whose work was refused or ignored asks for arbitrators.
#include <algorithm>

#include "chain/message.hpp"
#include "chain/modules/bank/bank.hpp"
#include "chain/modules/treasury/disputes.hpp"

namespace cambium::chain {
namespace {

using namespace treasury;

TxStatus preflight(const pb::OpenDispute& msg) {
  if (msg.bounty() == 0) return TxStatus::field_out_of_range;
  return msg.reason().size() > kMaxTextBytes ? TxStatus::field_too_long : TxStatus::ok;
}

/// After a refusal at once; after silence when the reviewers' time is over.
TxStatus check_window(const ReadContext& ctx, const pb::Submission& work) {
  const auto params = kTreasuryParams.get_or_default(ctx, {});
  const std::int64_t now = ctx.block().time.value;
  const std::int64_t from = work.refused_ms() != 0
                                ? work.refused_ms()
                                : work.submitted_ms() + params.review_window_ms();
  if (now < from) return TxStatus::deadline_not_passed;
  return now > from + params.dispute_window_ms() ? TxStatus::deadline_passed : TxStatus::ok;
}

TxStatus check(const ReadContext& ctx, const pb::OpenDispute& msg) {
  const auto bounty = kBounties.get(ctx, {msg.bounty()});
  if (!bounty) return TxStatus::bounty_not_found;
  if (bounty->status() != pb::BOUNTY_STATUS_OPEN) return TxStatus::bounty_closed;
  const Address claimant = to_address(msg.sender());
  const auto work = kSubmissions.get(ctx, {msg.bounty(), claimant});
  if (!work) return TxStatus::submission_not_found;
  if (work->dispute() != 0) return TxStatus::dispute_open;
  TRY_TX(check_window(ctx, *work));
  const auto deposit = deposit_of_round(kTreasuryParams.get_or_default(ctx, {}), 1);
  return bank::spendable(ctx, {claimant}) < deposit ? TxStatus::insufficient_funds : TxStatus::ok;
}

TxStatus apply(Context& ctx, const pb::OpenDispute& msg) {
  const Address claimant = to_address(msg.sender());
  auto book = kBook.get_or_default(ctx, {});
  book.set_last_dispute(book.last_dispute() + 1);
  kBook.put(ctx, {}, book);
  const std::uint64_t id = book.last_dispute();

  auto bounty = *kBounties.get(ctx, {msg.bounty()});
  bounty.set_open_disputes(bounty.open_disputes() + 1);
  kBounties.put(ctx, {msg.bounty()}, bounty);
  auto work = *kSubmissions.get(ctx, {msg.bounty(), claimant});
  work.set_dispute(id);
  kSubmissions.put(ctx, {msg.bounty(), claimant}, work);

  pb::Dispute dispute;
  dispute.set_bounty(msg.bounty());
  dispute.set_claimant(msg.sender());
  dispute.set_reason(msg.reason());
  ctx.emit("treasury.dispute_opened", {{"dispute", std::to_string(id)},
                                       {"bounty", std::to_string(msg.bounty())},
                                       {"claimant", claimant.text()}});
  return begin_round(ctx, {id, claimant}, dispute);
}

}  // namespace

template <>
MessageHandler handler_of<treasury::pb::OpenDispute>() {
  return handler<treasury::pb::OpenDispute>({.base_gas = {10'000}}, {preflight, check, apply});
}

}  // namespace cambium::chain
