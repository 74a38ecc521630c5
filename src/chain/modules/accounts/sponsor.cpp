// Sponsor and EndSponsorship: the sender pays another account's fees, up to a limit.
#include <algorithm>

#include "chain/message.hpp"
#include "chain/modules/accounts/accounts.hpp"

namespace cambium::chain {
namespace {

using namespace accounts;

constexpr int kMaxNames = 64;

TxStatus preflight(const pb::Sponsor& msg) {
  if (!is_address(msg.grantee())) return TxStatus::bad_address;
  if (msg.grantee() == msg.sender()) return TxStatus::self_transfer;
  if (msg.limit_ucbm() == 0) return TxStatus::bad_amount;
  if (msg.messages_size() > kMaxNames) return TxStatus::field_too_long;
  const auto& names = msg.messages();
  const bool ascending = std::adjacent_find(names.begin(), names.end(),
                                            std::greater_equal<>()) == names.end();
  return ascending && msg.expires_ms() >= 0 ? TxStatus::ok : TxStatus::field_out_of_range;
}

TxStatus check(const ReadContext& ctx, const pb::Sponsor& msg) {
  const bool past = msg.expires_ms() != 0 && msg.expires_ms() <= ctx.block().time.value;
  return past ? TxStatus::expired_already : TxStatus::ok;
}

TxStatus apply(Context& ctx, const pb::Sponsor& msg) {
  const Address sponsor = to_address(msg.sender()), grantee = to_address(msg.grantee());
  pb::Allowance allowance;
  allowance.set_left_ucbm(msg.limit_ucbm());
  allowance.set_expires_ms(msg.expires_ms());
  *allowance.mutable_messages() = msg.messages();
  kAllowances.put(ctx, {sponsor, grantee}, allowance);
  ctx.emit("accounts.sponsored", {{"sponsor", sponsor.text()},
                                  {"grantee", grantee.text()},
                                  {"limit_ucbm", std::to_string(msg.limit_ucbm())}});
  return TxStatus::ok;
}

TxStatus preflight_end(const pb::EndSponsorship& msg) {
  return is_address(msg.grantee()) ? TxStatus::ok : TxStatus::bad_address;
}

TxStatus check_end(const ReadContext& ctx, const pb::EndSponsorship& msg) {
  return kAllowances.has(ctx, {to_address(msg.sender()), to_address(msg.grantee())})
             ? TxStatus::ok
             : TxStatus::allowance_not_found;
}

TxStatus apply_end(Context& ctx, const pb::EndSponsorship& msg) {
  const Address sponsor = to_address(msg.sender()), grantee = to_address(msg.grantee());
  kAllowances.erase(ctx, {sponsor, grantee});
  ctx.emit("accounts.sponsorship_ended",
           {{"sponsor", sponsor.text()}, {"grantee", grantee.text()}});
  return TxStatus::ok;
}

}  // namespace

template <>
MessageHandler handler_of<accounts::pb::Sponsor>() {
  return handler<accounts::pb::Sponsor>({.base_gas = {2'000}}, {preflight, check, apply});
}

template <>
MessageHandler handler_of<accounts::pb::EndSponsorship>() {
  return handler<accounts::pb::EndSponsorship>({.base_gas = {1'000}},
                                               {preflight_end, check_end, apply_end});
}

}  // namespace cambium::chain
