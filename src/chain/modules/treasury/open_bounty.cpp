// OpenBounty: promises a sum to whoever first does what the terms say.
#include "chain/message.hpp"
#include "chain/modules/treasury/params.hpp"

namespace cambium::chain {
namespace {

using namespace treasury;

TxStatus preflight(const pb::OpenBounty& msg) {
  if (msg.title().empty()) return TxStatus::field_out_of_range;
  if (msg.title().size() > kMaxTitleBytes || msg.terms().size() > kMaxTextBytes) {
    return TxStatus::field_too_long;
  }
  if (msg.amount_ucbm() == 0) return TxStatus::bad_amount;
  if (msg.deadline_ms() <= 0) return TxStatus::field_out_of_range;
  return preflight_reviewers({msg.reviewers(), msg.needed(), 1});
}

TxStatus check(const ReadContext& ctx, const pb::OpenBounty& msg) {
  if (!is_proposal(msg.sender())) return TxStatus::not_by_proposal;
  if (msg.deadline_ms() <= ctx.block().time.value) return TxStatus::deadline_passed;
  return free_ucbm(ctx) < msg.amount_ucbm() ? TxStatus::treasury_short : TxStatus::ok;
}

TxStatus apply(Context& ctx, const pb::OpenBounty& msg) {
  TRY_TX(promise(ctx, msg.amount_ucbm()));
  auto book = kBook.get_or_default(ctx, {});
  book.set_last_bounty(book.last_bounty() + 1);
  kBook.put(ctx, {}, book);
  pb::Bounty bounty;
  bounty.set_title(msg.title());
  bounty.set_terms(msg.terms());
  bounty.set_amount_ucbm(msg.amount_ucbm());
  bounty.set_deadline_ms(msg.deadline_ms());
  *bounty.mutable_reviewers() = msg.reviewers();
  bounty.set_needed(msg.needed());
  kBounties.put(ctx, {book.last_bounty()}, bounty);
  ctx.emit("treasury.bounty_opened", {{"bounty", std::to_string(book.last_bounty())},
                                      {"title", msg.title()},
                                      {"amount", std::to_string(msg.amount_ucbm())}});
  return TxStatus::ok;
}

}  // namespace

template <>
MessageHandler handler_of<treasury::pb::OpenBounty>() {
  return handler<treasury::pb::OpenBounty>({.base_gas = {5'000}}, {preflight, check, apply});
}

}  // namespace cambium::chain
