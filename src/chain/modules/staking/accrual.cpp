#include "chain/modules/staking/accrual.hpp"

#include "base/check.hpp"
#include "chain/modules/bank/bank.hpp"

namespace cambium::chain::staking {

void earn(pb::Validator& validator, std::uint64_t amount_ucbm) {
  if (validator.shares() == 0) return;
  const u128 nano = u128(amount_ucbm) * kNano + validator.carry_nano();
  validator.set_reward_index_nano(validator.reward_index_nano() +
                                  std::uint64_t(nano / validator.shares()));
  validator.set_carry_nano(std::uint64_t(nano % validator.shares()));
  validator.set_outstanding_ucbm(validator.outstanding_ucbm() + amount_ucbm);
}

void earn_with_commission(pb::Validator& validator, std::uint64_t amount_ucbm) {
  const std::uint64_t commission =
      mul_div(amount_ucbm, validator.commission().rate_nano(), kNano).value_or(0);
  validator.set_commission_ucbm(validator.commission_ucbm() + commission);
  earn(validator, amount_ucbm - commission);
}

void settle(const pb::Validator& validator, pb::Delegation& delegation) {
  const std::uint64_t grown = validator.reward_index_nano() - delegation.reward_index_nano();
  const u128 nano = u128(delegation.shares()) * grown + delegation.owed_nano();
  delegation.set_owed_ucbm(delegation.owed_ucbm() + std::uint64_t(nano / kNano));
  delegation.set_owed_nano(std::uint64_t(nano % kNano));
  delegation.set_reward_index_nano(validator.reward_index_nano());
}

TxStatus pay(Context& ctx, const Address& account, pb::Validator& validator,
             pb::Delegation& delegation) {
  const std::uint64_t amount = delegation.owed_ucbm();
  if (amount == 0) return TxStatus::ok;
  CHECK(amount <= validator.outstanding_ucbm(), "stake is owed more than it earned");
  const Address to = withdraw_address(ctx, account);
  TRY_TX(bank::transfer(ctx, {rewards_account(), to, bank::coin(amount)}));
  validator.set_outstanding_ucbm(validator.outstanding_ucbm() - amount);
  delegation.set_owed_ucbm(0);
  ctx.emit("staking.rewards_withdrawn", {{"account", account.text()},
                                         {"to", to.text()},
                                         {"amount_ucbm", std::to_string(amount)}});
  return TxStatus::ok;
}

Address withdraw_address(const ReadContext& ctx, const Address& account) {
  const auto set = kWithdrawTo.get(ctx, {account});
  return set ? to_address(set->to()) : account;
}

}  // namespace cambium::chain::staking
