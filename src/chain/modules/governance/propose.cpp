// Propose: asks an electorate to decide.
#include <algorithm>

#include "chain/message.hpp"
#include "chain/modules/governance/actions/actions.hpp"
#include "chain/modules/governance/deposits.hpp"
#include "chain/modules/governance/params.hpp"
#include "chain/modules/governance/votes/tally.hpp"
#include "chain/modules/governance/votes/tier.hpp"
#include "chain/modules/staking/staking.hpp"

namespace cambium::chain {
namespace {

using namespace governance;

TxStatus preflight(const pb::Propose& msg) {
  if (!pb::Track_IsValid(msg.track()) || msg.track() == pb::TRACK_UNSPECIFIED) {
    return TxStatus::field_out_of_range;
  }
  if (msg.title().empty()) return TxStatus::field_out_of_range;
  if (msg.title().size() > kMaxTitleBytes || msg.summary().size() > kMaxSummaryBytes) {
    return TxStatus::field_too_long;
  }
  const bool must_act = is_emergency(msg.track());
  if (msg.actions_size() > kMaxActions || (must_act && msg.actions().empty())) {
    return TxStatus::field_out_of_range;
  }
  if (must_act && msg.deposit_ucbm() != 0) return TxStatus::field_out_of_range;
  for (const auto& action : msg.actions()) TRY_TX(preflight_action(action));
  return TxStatus::ok;
}

/// Nobody may call an electorate that he is not of, except stake: its deposit speaks for him.
TxStatus check_proposer(const ReadContext& ctx, const pb::Propose& msg) {
  const Address sender = to_address(msg.sender());
  if (is_emergency(msg.track())) {
    return staking::is_active(ctx, sender) ? TxStatus::ok : TxStatus::no_voting_power;
  }
  if (msg.track() == pb::TRACK_TIER && tier_of(ctx, sender) == 0) return TxStatus::no_voting_power;
  const auto least = kGovernanceParams.get_or_default(ctx, {}).min_deposit_part_ucbm();
  return msg.deposit_ucbm() < least ? TxStatus::deposit_too_small : TxStatus::ok;
}

TxStatus check(const ReadContext& ctx, const pb::Propose& msg) {
  TRY_TX(check_proposer(ctx, msg));
  for (const auto& action : msg.actions()) TRY_TX(check_action(ctx, msg.track(), action));
  return check_deposit(ctx, {}, {to_address(msg.sender()), {msg.deposit_ucbm()}});
}

pb::Proposal proposal_of(const ReadContext& ctx, const pb::Propose& msg, std::uint64_t id) {
  pb::Proposal proposal;
  proposal.set_id(id);
  proposal.set_track(msg.track());
  proposal.set_proposer(msg.sender());
  proposal.set_title(msg.title());
  proposal.set_summary(msg.summary());
  *proposal.mutable_actions() = msg.actions();
  proposal.set_status(pb::STATUS_DEPOSIT);
  proposal.set_submitted_ms(ctx.block().time.value);
  return proposal;
}

void await_deposit(Context& ctx, pb::Proposal& proposal) {
  const auto window = kGovernanceParams.get_or_default(ctx, {}).deposit_window_ms();
  proposal.set_voting_end_ms(proposal.submitted_ms() + window);
  pb::Due due;
  due.set_proposal(proposal.id());
  remember_due(ctx, {proposal.voting_end_ms()}, due);
}

TxStatus apply(Context& ctx, const pb::Propose& msg) {
  auto totals = kTotals.get_or_default(ctx, {});
  totals.set_last_proposal(totals.last_proposal() + 1);
  kTotals.put(ctx, {}, totals);
  auto proposal = proposal_of(ctx, msg, totals.last_proposal());
  if (is_emergency(msg.track())) {
    const auto params = kGovernanceParams.get_or_default(ctx, {});
    const auto validators = emergency_electorate(ctx);
    proposal.set_required_votes(required_votes(params, msg.track(), validators));
    proposal.mutable_sums()->set_electorate(validators);
  }
  ctx.emit("governance.proposed", {{"proposal", std::to_string(proposal.id())},
                                   {"track", pb::Track_Name(msg.track())},
                                   {"title", msg.title()}});
  const NewDeposit deposit{to_address(msg.sender()), {msg.deposit_ucbm()}};
  TRY_TX(add_deposit(ctx, proposal, deposit));
  if (proposal.status() == pb::STATUS_DEPOSIT) await_deposit(ctx, proposal);
  save(ctx, proposal);
  return TxStatus::ok;
}

}  // namespace

template <>
MessageHandler handler_of<governance::pb::Propose>() {
  return handler<governance::pb::Propose>({.base_gas = {20'000}, .during_pause = true},
                                          {preflight, check, apply});
}

}  // namespace cambium::chain
