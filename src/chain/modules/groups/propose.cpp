// Propose: a member asks the group to act.
#include "chain/dispatch.hpp"
#include "chain/message.hpp"
#include "chain/modules/groups/groups.hpp"

namespace cambium::chain {
namespace {

using namespace groups;

TxStatus preflight(const pb::Propose& msg) {
  if (msg.group() == 0 || msg.title().empty()) return TxStatus::field_out_of_range;
  if (msg.title().size() > kMaxTitleBytes || msg.summary().size() > kMaxTextBytes) {
    return TxStatus::field_too_long;
  }
  if (msg.messages_size() > groups::kMaxMessages) return TxStatus::field_out_of_range;
  for (const auto& message : msg.messages()) {
    if (message.size() > kMaxMessageBytes) return TxStatus::field_too_long;
  }
  return TxStatus::ok;
}

TxStatus check(const ReadContext& ctx, const pb::Propose& msg) {
  if (!kGroups.has(ctx, {msg.group()})) return TxStatus::group_not_found;
  if (!kMembers.has(ctx, {msg.group(), to_address(msg.sender())})) return TxStatus::not_a_member;
  const Address account = group_account(msg.group());
  for (const auto& message : msg.messages()) {
    TRY_TX(preflight_dispatch(ctx, {account, as_bytes(message)}));
  }
  return TxStatus::ok;
}

TxStatus apply(Context& ctx, const pb::Propose& msg) {
  auto totals = kGroupTotals.get_or_default(ctx, {});
  totals.set_last_proposal(totals.last_proposal() + 1);
  kGroupTotals.put(ctx, {}, totals);
  const auto group = *kGroups.get(ctx, {msg.group()});
  const std::int64_t now = ctx.block().time.value;
  pb::Proposal proposal;
  proposal.set_id(totals.last_proposal());
  proposal.set_group(msg.group());
  proposal.set_proposer(msg.sender());
  proposal.set_title(msg.title());
  proposal.set_summary(msg.summary());
  *proposal.mutable_messages() = msg.messages();
  proposal.set_version(group.version());
  proposal.set_status(pb::STATUS_VOTING);
  proposal.set_submitted_ms(now);
  proposal.set_voting_end_ms(now + group.policy().voting_window_ms());
  kGroupProposals.put(ctx, {proposal.id()}, proposal);
  ctx.emit("groups.proposed", {{"group", std::to_string(msg.group())},
                               {"proposal", std::to_string(proposal.id())},
                               {"title", msg.title()}});
  return TxStatus::ok;
}

}  // namespace

template <>
MessageHandler handler_of<groups::pb::Propose>() {
  return handler<groups::pb::Propose>({.base_gas = {10'000}}, {preflight, check, apply});
}

}  // namespace cambium::chain
