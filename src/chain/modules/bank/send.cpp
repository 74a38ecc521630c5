// Send: one account pays another.
#include "chain/message.hpp"
#include "chain/modules/bank/bank.hpp"

namespace cambium::chain {
namespace {

using namespace bank;

TxStatus preflight(const pb::Send& msg) {
  if (!is_address(msg.to())) return TxStatus::bad_address;
  if (msg.to() == msg.sender()) return TxStatus::self_transfer;
  return preflight_coin(msg.coin());
}

TxStatus check(const ReadContext& ctx, const pb::Send& msg) {
  if (!kDenominations.has(ctx, {msg.coin().denom()})) return TxStatus::unknown_denomination;
  const Holding holding{to_address(msg.sender()), msg.coin().denom()};
  return spendable(ctx, holding) < msg.coin().amount() ? TxStatus::insufficient_funds
                                                       : TxStatus::ok;
}

TxStatus apply(Context& ctx, const pb::Send& msg) {
  return transfer(ctx, {to_address(msg.sender()), to_address(msg.to()), msg.coin()});
}

}  // namespace

template <>
MessageHandler handler_of<bank::pb::Send>() {
  return handler<bank::pb::Send>({.base_gas = {2'000}}, {preflight, check, apply});
}

}  // namespace cambium::chain
