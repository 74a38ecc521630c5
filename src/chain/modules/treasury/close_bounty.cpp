// CloseBounty: nobody can win it any more, or a passed proposal takes it back.
#include "chain/message.hpp"
#include "chain/modules/treasury/treasury.hpp"

namespace cambium::chain {
namespace {

using namespace treasury;

TxStatus preflight(const pb::CloseBounty& msg) {
  return msg.bounty() == 0 ? TxStatus::field_out_of_range : TxStatus::ok;
}

TxStatus check(const ReadContext& ctx, const pb::CloseBounty& msg) {
  const auto bounty = kBounties.get(ctx, {msg.bounty()});
  if (!bounty) return TxStatus::bounty_not_found;
  if (bounty->status() != pb::BOUNTY_STATUS_OPEN) return TxStatus::bounty_closed;
  if (bounty->open_disputes() > 0) return TxStatus::dispute_open;
  const auto params = kTreasuryParams.get_or_default(ctx, {});
  const std::int64_t over =
      bounty->deadline_ms() + params.review_window_ms() + params.dispute_window_ms();
  return is_proposal(msg.sender()) || ctx.block().time.value > over
             ? TxStatus::ok
             : TxStatus::deadline_not_passed;
}

TxStatus apply(Context& ctx, const pb::CloseBounty& msg) {
  auto bounty = *kBounties.get(ctx, {msg.bounty()});
  bounty.set_status(pb::BOUNTY_STATUS_RETURNED);
  kBounties.put(ctx, {msg.bounty()}, bounty);
  take_back(ctx, bounty.amount_ucbm());
  ctx.emit("treasury.bounty_returned", {{"bounty", std::to_string(msg.bounty())}});
  return TxStatus::ok;
}

}  // namespace

template <>
MessageHandler handler_of<treasury::pb::CloseBounty>() {
  return handler<treasury::pb::CloseBounty>({.base_gas = {2'000}}, {preflight, check, apply});
}

}  // namespace cambium::chain
