// CancelRecovery: the account's present key refuses the new one.
#include "chain/message.hpp"
#include "chain/modules/accounts/accounts.hpp"

namespace cambium::chain {
namespace {

using namespace accounts;

TxStatus preflight(const pb::CancelRecovery&) { return TxStatus::ok; }

TxStatus check(const ReadContext& ctx, const pb::CancelRecovery& msg) {
  return kRecoveries.has(ctx, {to_address(msg.sender())}) ? TxStatus::ok : TxStatus::no_recovery;
}

TxStatus apply(Context& ctx, const pb::CancelRecovery& msg) {
  const Address sender = to_address(msg.sender());
  kRecoveries.erase(ctx, {sender});
  ctx.emit("accounts.recovery_cancelled", {{"account", sender.text()}});
  return TxStatus::ok;
}

}  // namespace

template <>
MessageHandler handler_of<accounts::pb::CancelRecovery>() {
  return handler<accounts::pb::CancelRecovery>({.base_gas = {1'000}}, {preflight, check, apply});
}

}  // namespace cambium::chain
