// RotateKey: another key opens the same account.
#include "chain/key_proto.hpp"
#include "chain/message.hpp"
#include "chain/modules/accounts/accounts.hpp"

namespace cambium::chain {
namespace {

using namespace accounts;

TxStatus preflight(const pb::RotateKey& msg) {
  return is_well_formed(msg.new_key()) ? TxStatus::ok : TxStatus::field_out_of_range;
}

TxStatus check(const ReadContext&, const pb::RotateKey&) { return TxStatus::ok; }

TxStatus apply(Context& ctx, const pb::RotateKey& msg) {
  const Address sender = to_address(msg.sender());
  auto account = kAccounts.get_or_default(ctx, {sender});
  *account.mutable_key() = msg.new_key();
  kAccounts.put(ctx, {sender}, account);
  ctx.emit("accounts.key_rotated", {{"account", sender.text()}});
  return TxStatus::ok;
}

}  // namespace

template <>
MessageHandler handler_of<accounts::pb::RotateKey>() {
  return handler<accounts::pb::RotateKey>({.base_gas = {5'000}}, {preflight, check, apply});
}

}  // namespace cambium::chain
