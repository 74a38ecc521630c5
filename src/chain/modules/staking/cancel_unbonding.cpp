// CancelUnbonding: coins on their way out are bonded again to the validator they left.
#include "chain/message.hpp"
#include "chain/modules/staking/unbonding.hpp"

namespace cambium::chain {
namespace {

using namespace staking;

TxStatus preflight(const pb::CancelUnbonding& msg) {
  if (!is_address(msg.validator())) return TxStatus::bad_address;
  return msg.amount_ucbm() == 0 ? TxStatus::bad_amount : TxStatus::ok;
}

TxStatus check(const ReadContext& ctx, const pb::CancelUnbonding& msg) {
  const Address validator = to_address(msg.validator());
  const auto entry = kUnbondings.get(ctx, {to_address(msg.sender()), validator, msg.id()});
  if (!entry) return TxStatus::unbonding_not_found;
  if (kValidators.get_or_default(ctx, {validator}).jailed()) return TxStatus::validator_jailed;
  return left_after_slashes(ctx, validator, *entry) < msg.amount_ucbm()
             ? TxStatus::insufficient_funds
             : TxStatus::ok;
}

TxStatus apply(Context& ctx, const pb::CancelUnbonding& msg) {
  const Bond bond{to_address(msg.sender()), to_address(msg.validator()), msg.amount_ucbm()};
  return cancel_unbonding(ctx, {bond, msg.id()});
}

}  // namespace

template <>
MessageHandler handler_of<staking::pb::CancelUnbonding>() {
  return handler<staking::pb::CancelUnbonding>(
      {.privileges = {.may_burn = true}, .base_gas = {8'000}}, {preflight, check, apply});
}

}  // namespace cambium::chain
