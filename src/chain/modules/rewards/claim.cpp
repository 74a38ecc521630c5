// Claim: pays an account what it has accrued; anyone may ask.
#include "chain/message.hpp"
#include "chain/modules/rewards/rewards.hpp"

namespace cambium::chain {
namespace {

using namespace rewards;

TxStatus preflight(const pb::Claim& msg) {
  return is_address(msg.account()) ? TxStatus::ok : TxStatus::bad_address;
}

TxStatus check(const ReadContext& ctx, const pb::Claim& msg) {
  const auto accrual = kAccruals.get_or_default(ctx, {to_address(msg.account())});
  const auto params = kRewardParams.get_or_default(ctx, {});
  const u128 whole = owed_nano(accrual) / kNano;
  return whole == 0 || whole < params.payout_threshold_ucbm() ? TxStatus::below_payout_threshold
                                                              : TxStatus::ok;
}

TxStatus apply(Context& ctx, const pb::Claim& msg) {
  return settle(ctx, to_address(msg.account()));
}

}  // namespace

template <>
MessageHandler handler_of<rewards::pb::Claim>() {
  return handler<rewards::pb::Claim>({.base_gas = {2'000}}, {preflight, check, apply});
}

}  // namespace cambium::chain
