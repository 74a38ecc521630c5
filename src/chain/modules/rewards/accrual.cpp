// What accounts are owed: lazy accumulators, settled one at a time.
#include "chain/modules/bank/bank.hpp"
#include "chain/modules/rewards/rewards.hpp"

namespace cambium::chain::rewards {
namespace {

std::uint64_t saturating_add(std::uint64_t a, u128 b) {
  const u128 sum = u128(a) + b;
  return sum > UINT64_MAX ? UINT64_MAX : std::uint64_t(sum);
}

void set_owed(pb::Accrual& accrual, u128 nano) {
  accrual.set_owed_high(std::uint64_t(nano >> 64));
  accrual.set_owed_low(std::uint64_t(nano));
}

}  // namespace

Address rewards_account() { return module_address("rewards"); }

u128 owed_nano(const pb::Accrual& accrual) {
  return (u128(accrual.owed_high()) << 64) | accrual.owed_low();
}

void accrue(Context& ctx, const Credit& credit) {
  if (credit.nano == 0) return;
  auto accrual = kAccruals.get_or_default(ctx, {credit.account});
  accrual.set_account(to_field(credit.account));
  set_owed(accrual, owed_nano(accrual) + credit.nano);
  switch (credit.earned) {
    case Earned::hosting:
      accrual.set_earned_hosting_nano(saturating_add(accrual.earned_hosting_nano(), credit.nano));
      break;
    case Earned::training:
      accrual.set_earned_training_nano(
          saturating_add(accrual.earned_training_nano(), credit.nano));
      break;
    case Earned::data:
      accrual.set_earned_data_nano(saturating_add(accrual.earned_data_nano(), credit.nano));
      break;
    case Earned::other: break;
  }
  kAccruals.put(ctx, {credit.account}, accrual);
}

TxStatus settle(Context& ctx, const Address& account) {
  auto accrual = kAccruals.get_or_default(ctx, {account});
  const u128 owed = owed_nano(accrual);
  const std::uint64_t whole = saturating_add(0, owed / kNano);
  const auto params = kRewardParams.get_or_default(ctx, {});
  if (whole == 0 || whole < params.payout_threshold_ucbm()) {
    return TxStatus::below_payout_threshold;
  }
  TRY_TX(bank::transfer(ctx, {rewards_account(), account, bank::coin(whole)}));
  set_owed(accrual, owed - u128(whole) * kNano);
  accrual.set_paid_ucbm(accrual.paid_ucbm() + whole);
  kAccruals.put(ctx, {account}, accrual);
  ctx.emit("rewards.paid", {{"account", account.text()}, {"amount_ucbm", std::to_string(whole)}});
  return TxStatus::ok;
}

}  // namespace cambium::chain::rewards
