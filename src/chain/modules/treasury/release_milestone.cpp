// ReleaseMilestone: a reviewer's yes, or the proposal's own; pays when enough said so.
#include <algorithm>

#include "chain/message.hpp"
#include "chain/modules/treasury/params.hpp"

namespace cambium::chain {
namespace {

using namespace treasury;

TxStatus preflight(const pb::ReleaseMilestone& msg) {
  return msg.grant() == 0 || msg.milestone() == 0 ? TxStatus::field_out_of_range : TxStatus::ok;
}

TxStatus check(const ReadContext& ctx, const pb::ReleaseMilestone& msg) {
  const auto grant = kGrants.get(ctx, {msg.grant()});
  if (!grant || msg.milestone() > std::uint32_t(grant->milestones_size())) {
    return TxStatus::funding_not_found;
  }
  const auto& state = grant->milestones(int(msg.milestone()) - 1);
  const bool reviews = std::ranges::find(grant->reviewers(), msg.sender()) !=
                       grant->reviewers().end();
  if (!reviews && !is_proposal(msg.sender())) return TxStatus::not_a_reviewer;
  if (state.status() != pb::MILESTONE_STATUS_OPEN) return TxStatus::milestone_closed;
  const std::int64_t due = state.milestone().due_ms();
  if (due != 0 && ctx.block().time.value > due) return TxStatus::deadline_passed;
  const bool again = std::ranges::find(state.approvals(), msg.sender()) != state.approvals().end();
  return again ? TxStatus::already_reviewed : TxStatus::ok;
}

TxStatus apply(Context& ctx, const pb::ReleaseMilestone& msg) {
  auto grant = *kGrants.get(ctx, {msg.grant()});
  auto& state = *grant.mutable_milestones(int(msg.milestone()) - 1);
  insert_ascending(*state.mutable_approvals(), msg.sender());
  const bool enough = is_proposal(msg.sender()) ||
                      std::uint32_t(state.approvals_size()) >= grant.needed();
  if (enough) state.set_status(pb::MILESTONE_STATUS_RELEASED);
  kGrants.put(ctx, {msg.grant()}, grant);
  if (!enough) return TxStatus::ok;
  ctx.emit("treasury.milestone_released", {{"grant", std::to_string(msg.grant())},
                                           {"milestone", std::to_string(msg.milestone())}});
  return pay_promised(ctx, {to_address(grant.to()), state.milestone().amount_ucbm()});
}

}  // namespace

template <>
MessageHandler handler_of<treasury::pb::ReleaseMilestone>() {
  return handler<treasury::pb::ReleaseMilestone>({.base_gas = {2'000}},
                                                 {preflight, check, apply});
}

}  // namespace cambium::chain
