// StopGrant: open milestones return; all of them by proposal, overdue ones by anybody.
#include "chain/message.hpp"
#include "chain/modules/treasury/treasury.hpp"

namespace cambium::chain {
namespace {

using namespace treasury;

TxStatus preflight(const pb::StopGrant& msg) {
  return msg.grant() == 0 ? TxStatus::field_out_of_range : TxStatus::ok;
}

bool returns(const ReadContext& ctx, const pb::StopGrant& msg, const pb::MilestoneState& state) {
  if (state.status() != pb::MILESTONE_STATUS_OPEN) return false;
  const std::int64_t due = state.milestone().due_ms();
  return is_proposal(msg.sender()) || (due != 0 && ctx.block().time.value > due);
}

TxStatus check(const ReadContext& ctx, const pb::StopGrant& msg) {
  const auto grant = kGrants.get(ctx, {msg.grant()});
  if (!grant) return TxStatus::funding_not_found;
  for (const auto& state : grant->milestones()) {
    if (returns(ctx, msg, state)) return TxStatus::ok;
  }
  return is_proposal(msg.sender()) ? TxStatus::milestone_closed : TxStatus::deadline_not_passed;
}

TxStatus apply(Context& ctx, const pb::StopGrant& msg) {
  auto grant = *kGrants.get(ctx, {msg.grant()});
  std::uint64_t back = 0;
  for (auto& state : *grant.mutable_milestones()) {
    if (!returns(ctx, msg, state)) continue;
    state.set_status(pb::MILESTONE_STATUS_RETURNED);
    back += state.milestone().amount_ucbm();
  }
  kGrants.put(ctx, {msg.grant()}, grant);
  take_back(ctx, back);
  ctx.emit("treasury.grant_stopped", {{"grant", std::to_string(msg.grant())},
                                      {"returned", std::to_string(back)}});
  return TxStatus::ok;
}

}  // namespace

template <>
MessageHandler handler_of<treasury::pb::StopGrant>() {
  return handler<treasury::pb::StopGrant>({.base_gas = {2'000}}, {preflight, check, apply});
}

}  // namespace cambium::chain
