// Pay: one payment, by a passed proposal.
#include "chain/message.hpp"
#include "chain/modules/treasury/treasury.hpp"

namespace cambium::chain {
namespace {

using namespace treasury;

TxStatus preflight(const pb::Pay& msg) {
  if (!is_address(msg.to())) return TxStatus::bad_address;
  if (msg.to() == to_field(treasury_account())) return TxStatus::self_transfer;
  if (msg.amount_ucbm() == 0) return TxStatus::bad_amount;
  return msg.purpose().size() > kMaxTextBytes ? TxStatus::field_too_long : TxStatus::ok;
}

TxStatus check(const ReadContext& ctx, const pb::Pay& msg) {
  if (!is_proposal(msg.sender())) return TxStatus::not_by_proposal;
  return free_ucbm(ctx) < msg.amount_ucbm() ? TxStatus::treasury_short : TxStatus::ok;
}

TxStatus apply(Context& ctx, const pb::Pay& msg) {
  return pay_free(ctx, {to_address(msg.to()), msg.amount_ucbm()});
}

}  // namespace

template <>
MessageHandler handler_of<treasury::pb::Pay>() {
  return handler<treasury::pb::Pay>({.base_gas = {2'000}}, {preflight, check, apply});
}

}  // namespace cambium::chain
