// Vote: a member's choice with his weight; the last one counts.
#include "chain/message.hpp"
#include "chain/modules/groups/groups.hpp"

namespace cambium::chain {
namespace {

using namespace groups;

TxStatus preflight(const pb::Vote& msg) {
  if (msg.proposal() == 0) return TxStatus::field_out_of_range;
  return pb::Choice_IsValid(msg.choice()) && msg.choice() != pb::CHOICE_UNSPECIFIED
             ? TxStatus::ok
             : TxStatus::field_out_of_range;
}

TxStatus check(const ReadContext& ctx, const pb::Vote& msg) {
  const auto proposal = kGroupProposals.get(ctx, {msg.proposal()});
  if (!proposal) return TxStatus::group_proposal_not_found;
  const Address voter = to_address(msg.sender());
  if (!kMembers.has(ctx, {proposal->group(), voter})) return TxStatus::not_a_member;
  const auto group = kGroups.get_or_default(ctx, {proposal->group()});
  if (proposal->version() != group.version()) return TxStatus::group_changed;
  const bool open = proposal->status() == pb::STATUS_VOTING &&
                    ctx.block().time.value < proposal->voting_end_ms();
  return open ? TxStatus::ok : TxStatus::group_voting_closed;
}

void add(pb::Proposal& proposal, const pb::Ballot& ballot) {
  if (ballot.choice() == pb::CHOICE_YES) proposal.set_yes(proposal.yes() + ballot.weight());
  if (ballot.choice() == pb::CHOICE_NO) proposal.set_no(proposal.no() + ballot.weight());
  if (ballot.choice() == pb::CHOICE_ABSTAIN) {
    proposal.set_abstain(proposal.abstain() + ballot.weight());
  }
}

void take_away(pb::Proposal& proposal, const pb::Ballot& ballot) {
  if (ballot.choice() == pb::CHOICE_YES) proposal.set_yes(proposal.yes() - ballot.weight());
  if (ballot.choice() == pb::CHOICE_NO) proposal.set_no(proposal.no() - ballot.weight());
  if (ballot.choice() == pb::CHOICE_ABSTAIN) {
    proposal.set_abstain(proposal.abstain() - ballot.weight());
  }
}

TxStatus apply(Context& ctx, const pb::Vote& msg) {
  auto proposal = *kGroupProposals.get(ctx, {msg.proposal()});
  const Address voter = to_address(msg.sender());
  if (const auto before = kGroupBallots.get(ctx, {msg.proposal(), voter})) {
    take_away(proposal, *before);
  }
  pb::Ballot ballot;
  ballot.set_choice(msg.choice());
  ballot.set_weight(kMembers.get_or_default(ctx, {proposal.group(), voter}).weight());
  kGroupBallots.put(ctx, {msg.proposal(), voter}, ballot);
  add(proposal, ballot);
  const auto group = kGroups.get_or_default(ctx, {proposal.group()});
  proposal.set_status(decided(group, proposal, ctx.block().time));
  kGroupProposals.put(ctx, {msg.proposal()}, proposal);
  ctx.emit("groups.voted", {{"proposal", std::to_string(msg.proposal())},
                            {"voter", voter.text()},
                            {"choice", pb::Choice_Name(msg.choice())}});
  return TxStatus::ok;
}

}  // namespace

template <>
MessageHandler handler_of<groups::pb::Vote>() {
  return handler<groups::pb::Vote>({.base_gas = {2'000}}, {preflight, check, apply});
}

}  // namespace cambium::chain
