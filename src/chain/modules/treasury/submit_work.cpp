// SubmitWork: one account's delivery for a bounty.
#include "chain/message.hpp"
#include "chain/modules/treasury/treasury.hpp"

namespace cambium::chain {
namespace {

using namespace treasury;

TxStatus preflight(const pb::SubmitWork& msg) {
  if (msg.bounty() == 0) return TxStatus::field_out_of_range;
  if (!is_hash(msg.hash())) return TxStatus::bad_hash;
  return msg.link().size() > kMaxTextBytes ? TxStatus::field_too_long : TxStatus::ok;
}

TxStatus check(const ReadContext& ctx, const pb::SubmitWork& msg) {
  const auto bounty = kBounties.get(ctx, {msg.bounty()});
  if (!bounty) return TxStatus::bounty_not_found;
  if (bounty->status() != pb::BOUNTY_STATUS_OPEN) return TxStatus::bounty_closed;
  if (ctx.block().time.value > bounty->deadline_ms()) return TxStatus::deadline_passed;
  if (kSubmissions.has(ctx, {msg.bounty(), to_address(msg.sender())})) {
    return TxStatus::already_submitted;
  }
  const auto most = kTreasuryParams.get_or_default(ctx, {}).max_submissions();
  return bounty->submissions() >= most ? TxStatus::too_many_submissions : TxStatus::ok;
}

TxStatus apply(Context& ctx, const pb::SubmitWork& msg) {
  auto bounty = *kBounties.get(ctx, {msg.bounty()});
  bounty.set_submissions(bounty.submissions() + 1);
  kBounties.put(ctx, {msg.bounty()}, bounty);
  pb::Submission submission;
  submission.set_link(msg.link());
  submission.set_hash(msg.hash());
  submission.set_submitted_ms(ctx.block().time.value);
  const Address claimant = to_address(msg.sender());
  kSubmissions.put(ctx, {msg.bounty(), claimant}, submission);
  ctx.emit("treasury.work_submitted", {{"bounty", std::to_string(msg.bounty())},
                                       {"claimant", claimant.text()},
                                       {"hash", to_hex(as_bytes(msg.hash()))}});
  return TxStatus::ok;
}

}  // namespace

template <>
MessageHandler handler_of<treasury::pb::SubmitWork>() {
  return handler<treasury::pb::SubmitWork>({.base_gas = {5'000}}, {preflight, check, apply});
}

}  // namespace cambium::chain
