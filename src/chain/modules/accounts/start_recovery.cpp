// StartRecovery: a guardian proposes a new key for an account whose own is lost.
#include "chain/key_proto.hpp"
#include "chain/modules/accounts/recovery.hpp"

namespace cambium::chain {
namespace {

using namespace accounts;

TxStatus preflight(const pb::StartRecovery& msg) {
  return preflight_recovery({msg.account(), msg.new_key()});
}

/// Another key replaces a plan only before enough guardians stand behind that one.
TxStatus check(const ReadContext& ctx, const pb::StartRecovery& msg) {
  const Address account = to_address(msg.account());
  TRY_TX(check_guardian(ctx, {to_address(msg.sender()), account}));
  const auto open = kRecoveries.get(ctx, {account});
  if (!open) return TxStatus::ok;
  const bool same = key_from_proto(open->new_key()) == key_from_proto(msg.new_key());
  return same || open->ready_ms() != 0 ? TxStatus::recovery_open : TxStatus::ok;
}

TxStatus apply(Context& ctx, const pb::StartRecovery& msg) {
  pb::Recovery recovery;
  *recovery.mutable_new_key() = msg.new_key();
  approve(ctx, {to_address(msg.sender()), to_address(msg.account())}, std::move(recovery));
  return TxStatus::ok;
}

}  // namespace

template <>
MessageHandler handler_of<accounts::pb::StartRecovery>() {
  return handler<accounts::pb::StartRecovery>({.base_gas = {3'000}}, {preflight, check, apply});
}

}  // namespace cambium::chain
