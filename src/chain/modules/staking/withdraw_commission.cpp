// WithdrawCommission: pays an operator its share of what the validator earned.
#include "chain/message.hpp"
#include "chain/modules/bank/bank.hpp"
#include "chain/modules/staking/accrual.hpp"
#include "chain/modules/staking/stake.hpp"

namespace cambium::chain {
namespace {

using namespace staking;

TxStatus preflight(const pb::WithdrawCommission&) { return TxStatus::ok; }

TxStatus check(const ReadContext& ctx, const pb::WithdrawCommission& msg) {
  const auto validator = kValidators.get(ctx, {to_address(msg.sender())});
  if (!validator) return TxStatus::validator_not_found;
  return validator->commission_ucbm() == 0 ? TxStatus::nothing_to_withdraw : TxStatus::ok;
}

TxStatus apply(Context& ctx, const pb::WithdrawCommission& msg) {
  const Address sender = to_address(msg.sender());
  auto validator = kValidators.get_or_default(ctx, {sender});
  const std::uint64_t amount = validator.commission_ucbm();
  const Address to = withdraw_address(ctx, sender);
  TRY_TX(bank::transfer(ctx, {rewards_account(), to, bank::coin(amount)}));
  validator.set_commission_ucbm(0);
  save(ctx, sender, validator);
  ctx.emit("staking.commission_withdrawn", {{"validator", sender.text()},
                                            {"to", to.text()},
                                            {"amount_ucbm", std::to_string(amount)}});
  return TxStatus::ok;
}

}  // namespace

template <>
MessageHandler handler_of<staking::pb::WithdrawCommission>() {
  return handler<staking::pb::WithdrawCommission>({.base_gas = {4'000}},
                                                  {preflight, check, apply});
}

}  // namespace cambium::chain
