// Execute: anyone has the group do what it accepted; all messages or none.
#include "chain/dispatch.hpp"
#include "chain/message.hpp"
#include "chain/modules/groups/groups.hpp"

namespace cambium::chain {
namespace {

using namespace groups;

constexpr Gas kMessageGas{50'000'000};  // and no more than the transaction bought

TxStatus preflight(const pb::Execute& msg) {
  return msg.proposal() == 0 ? TxStatus::field_out_of_range : TxStatus::ok;
}

TxStatus check(const ReadContext& ctx, const pb::Execute& msg) {
  const auto proposal = kGroupProposals.get(ctx, {msg.proposal()});
  if (!proposal) return TxStatus::group_proposal_not_found;
  const auto group = kGroups.get_or_default(ctx, {proposal->group()});
  if (proposal->version() != group.version()) return TxStatus::group_changed;
  if (proposal->status() != pb::STATUS_ACCEPTED) return TxStatus::not_accepted;
  const std::int64_t ready = proposal->submitted_ms() + group.policy().min_delay_ms();
  return ctx.block().time.value < ready ? TxStatus::execution_too_early : TxStatus::ok;
}

/// What fails, fails the transaction: its effects are dropped and anyone may try again, with more
/// gas or once the reason is gone.
TxStatus apply(Context& ctx, const pb::Execute& msg) {
  const auto proposal = *kGroupProposals.get(ctx, {msg.proposal()});
  erase_proposal(ctx, proposal);
  const Address account = group_account(proposal.group());
  for (const auto& message : proposal.messages()) {
    TRY_TX(run_dispatch(ctx, {account, as_bytes(message)}, kMessageGas));
    if (ctx.out_of_gas()) return TxStatus::out_of_gas;
  }
  ctx.emit("groups.executed", {{"group", std::to_string(proposal.group())},
                               {"proposal", std::to_string(msg.proposal())}});
  return TxStatus::ok;
}

}  // namespace

template <>
MessageHandler handler_of<groups::pb::Execute>() {
  return handler<groups::pb::Execute>({.base_gas = {5'000}}, {preflight, check, apply});
}

}  // namespace cambium::chain
