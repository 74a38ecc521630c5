// ReviewWork: a reviewer's verdict; the bounty is paid on acceptance.
#include <algorithm>

#include "chain/message.hpp"
#include "chain/modules/treasury/disputes.hpp"
#include "chain/modules/treasury/params.hpp"

namespace cambium::chain {
namespace {

using namespace treasury;

bool contains(const auto& list, const std::string& account) {
  return std::ranges::find(list, account) != list.end();
}

TxStatus preflight(const pb::ReviewWork& msg) {
  if (msg.bounty() == 0) return TxStatus::field_out_of_range;
  if (!is_address(msg.claimant())) return TxStatus::bad_address;
  return msg.reason().size() > kMaxTextBytes ? TxStatus::field_too_long : TxStatus::ok;
}

TxStatus check(const ReadContext& ctx, const pb::ReviewWork& msg) {
  const auto bounty = kBounties.get(ctx, {msg.bounty()});
  if (!bounty) return TxStatus::bounty_not_found;
  if (!contains(bounty->reviewers(), msg.sender())) return TxStatus::not_a_reviewer;
  if (bounty->status() != pb::BOUNTY_STATUS_OPEN) return TxStatus::bounty_closed;
  const auto work = kSubmissions.get(ctx, {msg.bounty(), to_address(msg.claimant())});
  if (!work) return TxStatus::submission_not_found;
  if (contains(work->accepted(), msg.sender()) || contains(work->refused(), msg.sender())) {
    return TxStatus::already_reviewed;
  }
  // Whoever disputes was there first: the coins wait for the ruling.
  return bounty->open_disputes() > 0 ? TxStatus::dispute_open : TxStatus::ok;
}

TxStatus apply(Context& ctx, const pb::ReviewWork& msg) {
  auto bounty = *kBounties.get(ctx, {msg.bounty()});
  const Address claimant = to_address(msg.claimant());
  auto work = *kSubmissions.get(ctx, {msg.bounty(), claimant});
  insert_ascending(msg.accept() ? *work.mutable_accepted() : *work.mutable_refused(),
                   msg.sender());
  const auto left = std::uint32_t(bounty.reviewers_size() - work.refused_size());
  if (!msg.accept() && work.refused_ms() == 0 && left < bounty.needed()) {
    work.set_refused_ms(ctx.block().time.value);
  }
  kSubmissions.put(ctx, {msg.bounty(), claimant}, work);
  ctx.emit("treasury.work_reviewed", {{"bounty", std::to_string(msg.bounty())},
                                      {"claimant", claimant.text()},
                                      {"accepted", msg.accept() ? "true" : "false"},
                                      {"reason", msg.reason()}});
  if (std::uint32_t(work.accepted_size()) < bounty.needed()) return TxStatus::ok;
  return pay_bounty(ctx, {msg.bounty(), claimant}, bounty);
}

}  // namespace

template <>
MessageHandler handler_of<treasury::pb::ReviewWork>() {
  return handler<treasury::pb::ReviewWork>({.base_gas = {5'000}}, {preflight, check, apply});
}

}  // namespace cambium::chain
