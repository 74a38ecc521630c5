// FinishRecovery: the delay is over and nobody refused; the new key opens the account.
#include "chain/message.hpp"
#include "chain/modules/accounts/accounts.hpp"

namespace cambium::chain {
namespace {

using namespace accounts;

TxStatus preflight(const pb::FinishRecovery& msg) {
  return is_address(msg.account()) ? TxStatus::ok : TxStatus::bad_address;
}

TxStatus check(const ReadContext& ctx, const pb::FinishRecovery& msg) {
  const auto open = kRecoveries.get(ctx, {to_address(msg.account())});
  if (!open) return TxStatus::no_recovery;
  const bool ready = open->ready_ms() != 0 && ctx.block().time.value >= open->ready_ms();
  return ready ? TxStatus::ok : TxStatus::recovery_not_ready;
}

TxStatus apply(Context& ctx, const pb::FinishRecovery& msg) {
  const Address address = to_address(msg.account());
  auto account = kAccounts.get_or_default(ctx, {address});
  *account.mutable_key() = kRecoveries.get_or_default(ctx, {address}).new_key();
  kAccounts.put(ctx, {address}, account);
  kRecoveries.erase(ctx, {address});
  ctx.emit("accounts.recovered", {{"account", address.text()}});
  return TxStatus::ok;
}

}  // namespace

template <>
MessageHandler handler_of<accounts::pb::FinishRecovery>() {
  return handler<accounts::pb::FinishRecovery>({.base_gas = {3'000}}, {preflight, check, apply});
}

}  // namespace cambium::chain
