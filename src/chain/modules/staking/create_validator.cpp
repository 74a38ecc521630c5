// CreateValidator: an account becomes a validator's operator with its own coins behind it.
#include "chain/message.hpp"
#include "chain/modules/staking/create.hpp"
#include "chain/modules/staking/genesis.hpp"

namespace cambium::chain {
namespace {

using namespace staking;

NewValidator made_by(const pb::CreateValidator& msg) {
  return {to_address(msg.sender()), msg.consensus_key(), msg.self_bond_ucbm(), msg.commission(),
          msg.description()};
}

TxStatus preflight(const pb::CreateValidator& msg) {
  if (!is_hash(msg.consensus_key())) return TxStatus::bad_hash;
  if (msg.possession().size() != 64) return TxStatus::field_out_of_range;
  if (msg.self_bond_ucbm() == 0) return TxStatus::bad_amount;
  TRY_TX(preflight_commission(msg.commission()));
  return preflight_description(msg.description());
}

TxStatus check(const ReadContext& ctx, const pb::CreateValidator& msg) {
  TRY_TX(check_new(ctx, made_by(msg)));
  return check_possession(ctx, {to_address(msg.sender()), msg.consensus_key(), msg.possession()});
}

TxStatus apply(Context& ctx, const pb::CreateValidator& msg) { return create(ctx, made_by(msg)); }

}  // namespace

template <>
MessageHandler handler_of<staking::pb::CreateValidator>() {
  return handler<staking::pb::CreateValidator>({.base_gas = {20'000}}, {preflight, check, apply});
}

}  // namespace cambium::chain
