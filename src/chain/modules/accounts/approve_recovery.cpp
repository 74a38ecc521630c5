// ApproveRecovery: another guardian stands behind the same new key.
#include <algorithm>

#include "chain/key_proto.hpp"
#include "chain/modules/accounts/recovery.hpp"

namespace cambium::chain {
namespace {

using namespace accounts;

TxStatus preflight(const pb::ApproveRecovery& msg) {
  return preflight_recovery({msg.account(), msg.new_key()});
}

TxStatus check(const ReadContext& ctx, const pb::ApproveRecovery& msg) {
  const Address account = to_address(msg.account());
  TRY_TX(check_guardian(ctx, {to_address(msg.sender()), account}));
  const auto open = kRecoveries.get(ctx, {account});
  if (!open || key_from_proto(open->new_key()) != key_from_proto(msg.new_key())) {
    return TxStatus::no_recovery;
  }
  const auto& have = open->approvals();
  const bool again = std::find(have.begin(), have.end(), msg.sender()) != have.end();
  return again ? TxStatus::already_approved : TxStatus::ok;
}

TxStatus apply(Context& ctx, const pb::ApproveRecovery& msg) {
  const Address account = to_address(msg.account());
  approve(ctx, {to_address(msg.sender()), account}, kRecoveries.get_or_default(ctx, {account}));
  return TxStatus::ok;
}

}  // namespace

template <>
MessageHandler handler_of<accounts::pb::ApproveRecovery>() {
  return handler<accounts::pb::ApproveRecovery>({.base_gas = {2'000}}, {preflight, check, apply});
}

}  // namespace cambium::chain
