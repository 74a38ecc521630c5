// Redelegate: stake changes its validator at once and stays bound to both until it completes.
#include "chain/message.hpp"
#include "chain/modules/staking/unbonding.hpp"

namespace cambium::chain {
namespace {

using namespace staking;

TxStatus preflight(const pb::Redelegate& msg) {
  if (!is_address(msg.from()) || !is_address(msg.to())) return TxStatus::bad_address;
  if (msg.from() == msg.to()) return TxStatus::self_transfer;
  return msg.amount_ucbm() == 0 ? TxStatus::bad_amount : TxStatus::ok;
}

TxStatus check(const ReadContext& ctx, const pb::Redelegate& msg) {
  const Address sender = to_address(msg.sender());
  const auto there = kValidators.get(ctx, {to_address(msg.to())});
  if (!there) return TxStatus::validator_not_found;
  if (there->jailed()) return TxStatus::validator_jailed;
  TRY_TX(check_removable(ctx, {sender, to_address(msg.from()), msg.amount_ucbm()}));
  return check_redelegations(ctx, {sender, to_address(msg.to()), msg.amount_ucbm()});
}

TxStatus apply(Context& ctx, const pb::Redelegate& msg) {
  return redelegate(ctx, {to_address(msg.sender()), to_address(msg.from()), to_address(msg.to()),
                          msg.amount_ucbm()});
}

}  // namespace

template <>
MessageHandler handler_of<staking::pb::Redelegate>() {
  return handler<staking::pb::Redelegate>({.base_gas = {10'000}}, {preflight, check, apply});
}

}  // namespace cambium::chain
