// WithdrawEscrow: a gateway takes back what no answer has used.
#include "chain/message.hpp"
#include "chain/modules/bank/bank.hpp"
#include "chain/modules/rewards/rewards.hpp"

namespace cambium::chain {
namespace {

using namespace rewards;

TxStatus preflight(const pb::WithdrawEscrow& msg) {
  return msg.amount_ucbm() == 0 ? TxStatus::bad_amount : TxStatus::ok;
}

TxStatus check(const ReadContext& ctx, const pb::WithdrawEscrow& msg) {
  const auto escrow = kEscrows.get_or_default(ctx, {to_address(msg.sender())});
  return escrow.balance_ucbm() < msg.amount_ucbm() ? TxStatus::escrow_too_small : TxStatus::ok;
}

TxStatus apply(Context& ctx, const pb::WithdrawEscrow& msg) {
  const auto gateway = to_address(msg.sender());
  auto escrow = kEscrows.get_or_default(ctx, {gateway});
  escrow.set_balance_ucbm(escrow.balance_ucbm() - msg.amount_ucbm());
  kEscrows.put(ctx, {gateway}, escrow);
  return bank::transfer(ctx, {rewards_account(), gateway, bank::coin(msg.amount_ucbm())});
}

}  // namespace

template <>
MessageHandler handler_of<rewards::pb::WithdrawEscrow>() {
  return handler<rewards::pb::WithdrawEscrow>({.base_gas = {2'000}}, {preflight, check, apply});
}

}  // namespace cambium::chain
