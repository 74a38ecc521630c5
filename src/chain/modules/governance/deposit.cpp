// Deposit: adds to what stands behind a proposal.
#include "chain/message.hpp"
#include "chain/modules/governance/deposits.hpp"

namespace cambium::chain {
namespace {

using namespace governance;

TxStatus preflight(const pb::Deposit& msg) {
  return msg.amount_ucbm() == 0 ? TxStatus::bad_amount : TxStatus::ok;
}

TxStatus check(const ReadContext& ctx, const pb::Deposit& msg) {
  const auto proposal = find(ctx, msg.proposal());
  if (!proposal) return TxStatus::proposal_not_found;
  if (proposal->status() != pb::STATUS_DEPOSIT) return TxStatus::wrong_proposal_step;
  const auto least = kGovernanceParams.get_or_default(ctx, {}).min_deposit_part_ucbm();
  if (msg.amount_ucbm() < least) return TxStatus::deposit_too_small;
  return check_deposit(ctx, *proposal, {to_address(msg.sender()), {msg.amount_ucbm()}});
}

TxStatus apply(Context& ctx, const pb::Deposit& msg) {
  auto proposal = find(ctx, msg.proposal());
  ctx.emit("governance.deposited", {{"proposal", std::to_string(msg.proposal())},
                                    {"from", to_address(msg.sender()).text()},
                                    {"amount", std::to_string(msg.amount_ucbm())}});
  return add_deposit(ctx, *proposal, {to_address(msg.sender()), {msg.amount_ucbm()}});
}

}  // namespace

template <>
MessageHandler handler_of<governance::pb::Deposit>() {
  return handler<governance::pb::Deposit>({.base_gas = {5'000}, .during_pause = true},
                                          {preflight, check, apply});
}

}  // namespace cambium::chain
