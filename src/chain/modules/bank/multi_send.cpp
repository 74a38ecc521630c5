// MultiSend: one account pays several, all or nothing.
#include "chain/message.hpp"
#include "chain/modules/bank/bank.hpp"

namespace cambium::chain {
namespace {

using namespace bank;

constexpr int kMaxOutputs = 500;

TxStatus preflight(const pb::MultiSend& msg) {
  if (msg.outputs().empty()) return TxStatus::field_out_of_range;
  if (msg.outputs_size() > kMaxOutputs) return TxStatus::field_too_long;
  for (const auto& output : msg.outputs()) {
    if (!is_address(output.to())) return TxStatus::bad_address;
    if (output.to() == msg.sender()) return TxStatus::self_transfer;
    TRY_TX(preflight_coin(output.coin()));
  }
  return TxStatus::ok;
}

TxStatus check(const ReadContext& ctx, const pb::MultiSend& msg) {
  for (const auto& output : msg.outputs()) {
    if (!kDenominations.has(ctx, {output.coin().denom()})) return TxStatus::unknown_denomination;
  }
  return TxStatus::ok;
}

TxStatus apply(Context& ctx, const pb::MultiSend& msg) {
  const Address sender = to_address(msg.sender());
  for (const auto& output : msg.outputs()) {
    TRY_TX(transfer(ctx, {sender, to_address(output.to()), output.coin()}));
  }
  return TxStatus::ok;
}

}  // namespace

template <>
MessageHandler handler_of<bank::pb::MultiSend>() {
  return handler<bank::pb::MultiSend>({.base_gas = {2'000}}, {preflight, check, apply});
}

}  // namespace cambium::chain
