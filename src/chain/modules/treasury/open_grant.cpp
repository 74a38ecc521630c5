// OpenGrant: promises a sum that is released milestone by milestone.
#include <algorithm>

#include "chain/message.hpp"
#include "chain/modules/treasury/params.hpp"

namespace cambium::chain {
namespace {

using namespace treasury;

/// Nothing when the sum exceeds 64 bits.
std::optional<std::uint64_t> sum_of(const pb::OpenGrant& msg) {
  Amount sum;
  for (const auto& milestone : msg.milestones()) {
    const auto more = checked_add(sum, {milestone.amount_ucbm()});
    if (!more) return std::nullopt;
    sum = *more;
  }
  return sum.ucbm;
}

TxStatus preflight(const pb::OpenGrant& msg) {
  if (!is_address(msg.to())) return TxStatus::bad_address;
  if (msg.to() == to_field(treasury_account())) return TxStatus::self_transfer;
  if (msg.purpose().size() > kMaxTextBytes) return TxStatus::field_too_long;
  if (msg.milestones().empty() || msg.milestones_size() > kMaxMilestones) {
    return TxStatus::field_out_of_range;
  }
  for (const auto& milestone : msg.milestones()) {
    if (milestone.amount_ucbm() == 0) return TxStatus::bad_amount;
    if (milestone.title().size() > kMaxTitleBytes) return TxStatus::field_too_long;
    if (milestone.due_ms() < 0) return TxStatus::field_out_of_range;
  }
  if (!sum_of(msg)) return TxStatus::bad_amount;
  return preflight_reviewers({msg.reviewers(), msg.needed(), 0});
}

TxStatus check(const ReadContext& ctx, const pb::OpenGrant& msg) {
  if (!is_proposal(msg.sender())) return TxStatus::not_by_proposal;
  return free_ucbm(ctx) < *sum_of(msg) ? TxStatus::treasury_short : TxStatus::ok;
}

TxStatus apply(Context& ctx, const pb::OpenGrant& msg) {
  TRY_TX(promise(ctx, *sum_of(msg)));
  auto book = kBook.get_or_default(ctx, {});
  book.set_last_grant(book.last_grant() + 1);
  kBook.put(ctx, {}, book);
  pb::Grant grant;
  grant.set_to(msg.to());
  grant.set_purpose(msg.purpose());
  for (const auto& milestone : msg.milestones()) {
    *grant.add_milestones()->mutable_milestone() = milestone;
  }
  *grant.mutable_reviewers() = msg.reviewers();
  grant.set_needed(msg.needed());
  kGrants.put(ctx, {book.last_grant()}, grant);
  ctx.emit("treasury.grant_opened", {{"grant", std::to_string(book.last_grant())},
                                     {"to", to_address(msg.to()).text()},
                                     {"amount", std::to_string(*sum_of(msg))}});
  return TxStatus::ok;
}

}  // namespace

template <>
MessageHandler handler_of<treasury::pb::OpenGrant>() {
  return handler<treasury::pb::OpenGrant>({.base_gas = {5'000}}, {preflight, check, apply});
}

}  // namespace cambium::chain
