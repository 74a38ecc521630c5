// Withdraw: the proposer or the admin takes a proposal off the table; anyone, one that is dead.
#include "chain/message.hpp"
#include "chain/modules/groups/groups.hpp"

namespace cambium::chain {
namespace {

using namespace groups;

TxStatus preflight(const pb::Withdraw& msg) {
  return msg.proposal() == 0 ? TxStatus::field_out_of_range : TxStatus::ok;
}

/// Nothing can come of it any more.
bool is_dead(const ReadContext& ctx, const pb::Group& group, const pb::Proposal& proposal) {
  return proposal.version() != group.version() || proposal.status() == pb::STATUS_REJECTED ||
         (proposal.status() == pb::STATUS_VOTING &&
          ctx.block().time.value >= proposal.voting_end_ms());
}

TxStatus check(const ReadContext& ctx, const pb::Withdraw& msg) {
  const auto proposal = kGroupProposals.get(ctx, {msg.proposal()});
  if (!proposal) return TxStatus::group_proposal_not_found;
  const auto group = kGroups.get_or_default(ctx, {proposal->group()});
  const bool entitled = msg.sender() == proposal->proposer() || is_admin(group, msg.sender());
  return entitled || is_dead(ctx, group, *proposal) ? TxStatus::ok : TxStatus::not_the_proposer;
}

TxStatus apply(Context& ctx, const pb::Withdraw& msg) {
  erase_proposal(ctx, *kGroupProposals.get(ctx, {msg.proposal()}));
  ctx.emit("groups.withdrawn", {{"proposal", std::to_string(msg.proposal())}});
  return TxStatus::ok;
}

}  // namespace

template <>
MessageHandler handler_of<groups::pb::Withdraw>() {
  return handler<groups::pb::Withdraw>({.base_gas = {2'000}}, {preflight, check, apply});
}

}  // namespace cambium::chain
