// Undelegate: stake begins its way back to its owner.
#include "chain/message.hpp"
#include "chain/modules/staking/unbonding.hpp"

namespace cambium::chain {
namespace {

using namespace staking;

Bond bond_of(const pb::Undelegate& msg) {
  return {to_address(msg.sender()), to_address(msg.validator()), msg.amount_ucbm()};
}

TxStatus preflight(const pb::Undelegate& msg) {
  if (!is_address(msg.validator())) return TxStatus::bad_address;
  return msg.amount_ucbm() == 0 ? TxStatus::bad_amount : TxStatus::ok;
}

TxStatus check(const ReadContext& ctx, const pb::Undelegate& msg) {
  TRY_TX(check_removable(ctx, bond_of(msg)));
  return check_unbondings(ctx, bond_of(msg));
}

TxStatus apply(Context& ctx, const pb::Undelegate& msg) {
  start_unbonding(ctx, bond_of(msg));
  return TxStatus::ok;
}

}  // namespace

template <>
MessageHandler handler_of<staking::pb::Undelegate>() {
  return handler<staking::pb::Undelegate>({.base_gas = {8'000}}, {preflight, check, apply});
}

}  // namespace cambium::chain
