// Unjail: a validator stands again after its ban, with a new key if its old one was revoked.
#include "chain/message.hpp"
#include "chain/modules/staking/create.hpp"
#include "chain/modules/staking/stake.hpp"

namespace cambium::chain {
namespace {

using namespace staking;

TxStatus preflight(const pb::Unjail& msg) {
  if (msg.consensus_key().empty()) {
    return msg.possession().empty() ? TxStatus::ok : TxStatus::field_out_of_range;
  }
  if (!is_hash(msg.consensus_key())) return TxStatus::bad_hash;
  return msg.possession().size() == 64 ? TxStatus::ok : TxStatus::field_out_of_range;
}

TxStatus check(const ReadContext& ctx, const pb::Unjail& msg) {
  const Address sender = to_address(msg.sender());
  const auto validator = kValidators.get(ctx, {sender});
  if (!validator) return TxStatus::validator_not_found;
  if (!validator->jailed()) return TxStatus::not_jailed;
  if (ctx.block().time.value < validator->jailed_until_ms()) return TxStatus::ban_not_over;
  if (msg.consensus_key().empty()) {
    return validator->key_revoked() ? TxStatus::consensus_key_revoked : TxStatus::ok;
  }
  if (operator_of(ctx, consensus_address(as_bytes(msg.consensus_key())))) {
    return TxStatus::consensus_key_used;
  }
  return check_possession(ctx, {sender, msg.consensus_key(), msg.possession()});
}

TxStatus apply(Context& ctx, const pb::Unjail& msg) {
  const Address sender = to_address(msg.sender());
  auto validator = kValidators.get_or_default(ctx, {sender});
  validator.set_jailed(false);
  validator.set_jailed_until_ms(0);
  if (!msg.consensus_key().empty()) {
    validator.set_consensus_key(msg.consensus_key());
    validator.set_key_revoked(false);
    bind_key(ctx, sender, msg.consensus_key());
  }
  save(ctx, sender, validator);
  ctx.emit("staking.unjailed", {{"validator", sender.text()}});
  return TxStatus::ok;
}

}  // namespace

template <>
MessageHandler handler_of<staking::pb::Unjail>() {
  return handler<staking::pb::Unjail>({.base_gas = {10'000}}, {preflight, check, apply});
}

}  // namespace cambium::chain
