// Delegate: bonds spendable coins to a validator.
#include "chain/message.hpp"
#include "chain/modules/bank/bank.hpp"
#include "chain/modules/staking/stake.hpp"

namespace cambium::chain {
namespace {

using namespace staking;

TxStatus preflight(const pb::Delegate& msg) {
  if (!is_address(msg.validator())) return TxStatus::bad_address;
  return msg.amount_ucbm() == 0 ? TxStatus::bad_amount : TxStatus::ok;
}

TxStatus check(const ReadContext& ctx, const pb::Delegate& msg) {
  const auto validator = kValidators.get(ctx, {to_address(msg.validator())});
  if (!validator) return TxStatus::validator_not_found;
  if (validator->jailed()) return TxStatus::validator_jailed;
  const auto spendable = bank::spendable(ctx, {to_address(msg.sender())});
  return spendable < msg.amount_ucbm() ? TxStatus::insufficient_funds : TxStatus::ok;
}

TxStatus apply(Context& ctx, const pb::Delegate& msg) {
  const Address sender = to_address(msg.sender());
  const Address validator = to_address(msg.validator());
  TRY_TX(bank::transfer(ctx, {sender, stake_account(), bank::coin(msg.amount_ucbm())}));
  TRY_TX(add_stake(ctx, {sender, validator, msg.amount_ucbm()}));
  ctx.emit("staking.delegated", {{"account", sender.text()},
                                 {"validator", validator.text()},
                                 {"amount_ucbm", std::to_string(msg.amount_ucbm())}});
  return TxStatus::ok;
}

}  // namespace

template <>
MessageHandler handler_of<staking::pb::Delegate>() {
  return handler<staking::pb::Delegate>({.base_gas = {5'000}}, {preflight, check, apply});
}

}  // namespace cambium::chain
