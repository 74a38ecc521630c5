// FundEscrow: prefunds the gateway that pays for its users' answers.
#include "chain/message.hpp"
#include "chain/modules/bank/bank.hpp"
#include "chain/modules/rewards/rewards.hpp"

namespace cambium::chain {
namespace {

using namespace rewards;

TxStatus preflight(const pb::FundEscrow& msg) {
  if (!is_address(msg.gateway())) return TxStatus::bad_address;
  return msg.amount_ucbm() == 0 ? TxStatus::bad_amount : TxStatus::ok;
}

TxStatus check(const ReadContext& ctx, const pb::FundEscrow& msg) {
  const auto spendable = bank::spendable(ctx, {to_address(msg.sender()), bank::kUcbm});
  return spendable < msg.amount_ucbm() ? TxStatus::insufficient_funds : TxStatus::ok;
}

TxStatus apply(Context& ctx, const pb::FundEscrow& msg) {
  TRY_TX(bank::transfer(
      ctx, {to_address(msg.sender()), rewards_account(), bank::coin(msg.amount_ucbm())}));
  const auto gateway = to_address(msg.gateway());
  auto escrow = kEscrows.get_or_default(ctx, {gateway});
  escrow.set_gateway(msg.gateway());
  escrow.set_balance_ucbm(escrow.balance_ucbm() + msg.amount_ucbm());
  kEscrows.put(ctx, {gateway}, escrow);
  ctx.emit("rewards.escrow_funded", {{"gateway", gateway.text()},
                                     {"amount_ucbm", std::to_string(msg.amount_ucbm())}});
  return TxStatus::ok;
}

}  // namespace

template <>
MessageHandler handler_of<rewards::pb::FundEscrow>() {
  return handler<rewards::pb::FundEscrow>({.base_gas = {2'000}}, {preflight, check, apply});
}

}  // namespace cambium::chain
