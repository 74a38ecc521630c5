// Vote: one account's choice; the last one counts.
#include "chain/message.hpp"
#include "chain/modules/governance/lifecycle.hpp"
#include "chain/modules/governance/params.hpp"
#include "chain/modules/governance/votes/tally.hpp"
#include "chain/modules/governance/votes/tier.hpp"
#include "chain/modules/nodes/nodes.hpp"
#include "chain/modules/staking/staking.hpp"
#include "chain/records.hpp"

namespace cambium::chain {
namespace {

using namespace governance;

TxStatus preflight(const pb::Vote& msg) {
  return pb::Choice_IsValid(msg.choice()) && msg.choice() != pb::CHOICE_UNSPECIFIED
             ? TxStatus::ok
             : TxStatus::field_out_of_range;
}

bool is_of_electorate(const ReadContext& ctx, const pb::Proposal& proposal, const Address& who) {
  if (is_emergency(proposal.track())) return staking::is_active(ctx, who);
  if (proposal.track() == pb::TRACK_STAKE) return !staking::stakes_of(ctx, who).empty();
  const auto node = nodes::kNodes.get(ctx, {who});
  return node && node->registered_ms() <= proposal.voting_start_ms();
}

TxStatus check(const ReadContext& ctx, const pb::Vote& msg) {
  const auto proposal = find(ctx, msg.proposal());
  if (!proposal) return TxStatus::proposal_not_found;
  const bool open = proposal->status() == pb::STATUS_VOTING &&
                    ctx.block().time.value < proposal->voting_end_ms();
  if (!open) return TxStatus::voting_closed;
  if (msg.choice() == pb::CHOICE_VETO && proposal->track() != pb::TRACK_STAKE) {
    return TxStatus::action_not_allowed;
  }
  return is_of_electorate(ctx, *proposal, to_address(msg.sender())) ? TxStatus::ok
                                                                    : TxStatus::no_voting_power;
}

/// Enough validators: the acts begin at the end of this block. When that step itself is switched
/// off they begin at once, for else nobody could ever switch it on again.
void count_emergency(Context& ctx, pb::Proposal& proposal) {
  const auto count = count_validators(ctx, proposal.id());
  const auto params = kGovernanceParams.get_or_default(ctx, {});
  const auto needed = required_votes(params, proposal.track(), count.validators);
  proposal.set_required_votes(needed);
  proposal.mutable_sums()->set_yes(count.in_favour.size());
  proposal.mutable_sums()->set_electorate(count.validators);
  if (count.in_favour.size() >= needed) {
    if (broken(ctx, std::string(due_step().name))) {
      return decide(ctx, proposal, pb::STATUS_PASSED);
    }
    proposal.set_status(pb::STATUS_TALLYING);
    pb::Due due;
    due.set_proposal(proposal.id());
    remember_due(ctx, ctx.block().time, due);
  }
  save(ctx, proposal);
}

TxStatus apply(Context& ctx, const pb::Vote& msg) {
  const Address voter = to_address(msg.sender());
  pb::Ballot ballot;
  ballot.set_choice(msg.choice());
  ballot.set_voted_ms(ctx.block().time.value);
  kBallots.put(ctx, {msg.proposal(), voter}, ballot);
  ctx.emit("governance.voted", {{"proposal", std::to_string(msg.proposal())},
                                {"voter", voter.text()},
                                {"choice", pb::Choice_Name(msg.choice())}});
  auto proposal = find(ctx, msg.proposal());
  if (is_emergency(proposal->track())) count_emergency(ctx, *proposal);
  return TxStatus::ok;
}

}  // namespace

template <>
MessageHandler handler_of<governance::pb::Vote>() {
  return handler<governance::pb::Vote>({.base_gas = {5'000}, .during_pause = true},
                                       {preflight, check, apply});
}

}  // namespace cambium::chain
