// Burn: an account destroys coins of its own.
#include "chain/message.hpp"
#include "chain/modules/bank/bank.hpp"

namespace cambium::chain {
namespace {

using namespace bank;

TxStatus preflight(const pb::Burn& msg) { return preflight_coin(msg.coin()); }

TxStatus check(const ReadContext& ctx, const pb::Burn& msg) {
  if (!kDenominations.has(ctx, {msg.coin().denom()})) return TxStatus::unknown_denomination;
  const Holding holding{to_address(msg.sender()), msg.coin().denom()};
  return spendable(ctx, holding) < msg.coin().amount() ? TxStatus::insufficient_funds
                                                       : TxStatus::ok;
}

TxStatus apply(Context& ctx, const pb::Burn& msg) {
  return bank::burn(ctx, to_address(msg.sender()), msg.coin());
}

}  // namespace

template <>
MessageHandler handler_of<bank::pb::Burn>() {
  return handler<bank::pb::Burn>({.privileges = {.may_burn = true}, .base_gas = {2'000}},
                                 {preflight, check, apply});
}

}  // namespace cambium::chain
