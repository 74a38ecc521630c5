// Grant and Revoke: another account may send one kind of message in the sender's name.
#include "chain/message.hpp"
#include "chain/modules/accounts/accounts.hpp"

namespace cambium::chain {
namespace {

using namespace accounts;

constexpr std::size_t kMaxMessageName = 64;

template <class M>
TxStatus preflight_pair(const M& msg) {
  if (!is_address(msg.grantee())) return TxStatus::bad_address;
  if (msg.grantee() == msg.sender()) return TxStatus::self_transfer;
  const bool named = !msg.message().empty() && msg.message().size() <= kMaxMessageName;
  return named ? TxStatus::ok : TxStatus::field_out_of_range;
}

template <class M>
Deputy deputy_of(const M& msg) {
  return {to_address(msg.sender()), to_address(msg.grantee()), msg.message()};
}

TxStatus preflight(const pb::Grant& msg) {
  TRY_TX(preflight_pair(msg));
  return msg.expires_ms() < 0 ? TxStatus::field_out_of_range : TxStatus::ok;
}

TxStatus check(const ReadContext& ctx, const pb::Grant& msg) {
  const bool past = msg.expires_ms() != 0 && msg.expires_ms() <= ctx.block().time.value;
  return past ? TxStatus::expired_already : TxStatus::ok;
}

TxStatus apply(Context& ctx, const pb::Grant& msg) {
  const Deputy deputy = deputy_of(msg);
  pb::GrantRecord grant;
  grant.set_expires_ms(msg.expires_ms());
  grant.set_limited_spend(msg.spend_limit_ucbm() != 0);
  grant.set_spend_left_ucbm(msg.spend_limit_ucbm());
  grant.set_limited_uses(msg.uses() != 0);
  grant.set_uses_left(msg.uses());
  kGrants.put(ctx, {deputy.granter, deputy.grantee, deputy.message}, grant);
  pb::GrantRef ref;
  ref.set_height(ctx.block().height.value);
  kGrantRefs.put(ctx, {deputy.grantee, deputy.granter, deputy.message}, ref);
  ctx.emit("accounts.granted", {{"granter", deputy.granter.text()},
                                {"grantee", deputy.grantee.text()},
                                {"message", deputy.message}});
  return TxStatus::ok;
}

TxStatus preflight_revoke(const pb::Revoke& msg) { return preflight_pair(msg); }

TxStatus check_revoke(const ReadContext& ctx, const pb::Revoke& msg) {
  const Deputy deputy = deputy_of(msg);
  return kGrants.has(ctx, {deputy.granter, deputy.grantee, deputy.message})
             ? TxStatus::ok
             : TxStatus::grant_not_found;
}

TxStatus apply_revoke(Context& ctx, const pb::Revoke& msg) {
  const Deputy deputy = deputy_of(msg);
  erase_grant(ctx, deputy);
  ctx.emit("accounts.revoked", {{"granter", deputy.granter.text()},
                                {"grantee", deputy.grantee.text()},
                                {"message", deputy.message}});
  return TxStatus::ok;
}

}  // namespace

template <>
MessageHandler handler_of<accounts::pb::Grant>() {
  return handler<accounts::pb::Grant>({.base_gas = {2'000}}, {preflight, check, apply});
}

template <>
MessageHandler handler_of<accounts::pb::Revoke>() {
  return handler<accounts::pb::Revoke>({.base_gas = {1'000}},
                                       {preflight_revoke, check_revoke, apply_revoke});
}

}  // namespace cambium::chain
