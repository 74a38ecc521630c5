#include "chain/modules/staking/create.hpp"

#include "chain/modules/bank/bank.hpp"
#include "chain/modules/staking/genesis.hpp"
#include "chain/modules/staking/stake.hpp"

namespace cambium::chain::staking {

TxStatus preflight_commission(const pb::Commission& commission) {
  const bool fits = commission.rate_nano() <= commission.max_nano() &&
                    commission.max_nano() <= kNano &&
                    commission.max_change_nano() <= commission.max_nano();
  return fits ? TxStatus::ok : TxStatus::field_out_of_range;
}

TxStatus preflight_description(const pb::Description& description) {
  if (description.moniker().empty()) return TxStatus::field_out_of_range;
  const bool fits = description.moniker().size() <= 64 && description.website().size() <= 140 &&
                    description.contact().size() <= 140 && description.details().size() <= 280;
  return fits ? TxStatus::ok : TxStatus::field_too_long;
}

TxStatus check_new(const ReadContext& ctx, const NewValidator& made) {
  if (kValidators.has(ctx, {made.account})) return TxStatus::validator_exists;
  if (operator_of(ctx, consensus_address(as_bytes(made.consensus_key)))) {
    return TxStatus::consensus_key_used;
  }
  if (made.self_bond_ucbm < kStakingParams.get_or_default(ctx, {}).entry_ucbm()) {
    return TxStatus::stake_below_minimum;
  }
  return bank::spendable(ctx, {made.account}) < made.self_bond_ucbm ? TxStatus::insufficient_funds
                                                                    : TxStatus::ok;
}

TxStatus create(Context& ctx, const NewValidator& made) {
  const auto coin = bank::coin(made.self_bond_ucbm);
  TRY_TX(bank::transfer(ctx, {made.account, stake_account(), coin}));
  pb::Validator validator;
  validator.set_consensus_key(made.consensus_key);
  *validator.mutable_commission() = made.commission;
  *validator.mutable_description() = made.description;
  validator.set_created_ms(ctx.block().time.value);
  validator.set_created_height(ctx.block().height.value);
  save(ctx, made.account, validator);
  bind_key(ctx, made.account, made.consensus_key);
  TRY_TX(add_stake(ctx, {made.account, made.account, made.self_bond_ucbm}));
  ctx.emit("staking.validator_created",
           {{"validator", made.account.text()},
            {"consensus_key", to_hex(as_bytes(made.consensus_key))},
            {"moniker", made.description.moniker()},
            {"self_bond_ucbm", std::to_string(made.self_bond_ucbm)}});
  return TxStatus::ok;
}

Bytes possession_statement(std::string_view chain_id, const Address& account) {
  Bytes statement = to_bytes(as_bytes("cambium/consensus_key/v1"));
  append(statement, as_bytes(chain_id));
  statement.push_back(0);
  append(statement, account);
  return statement;
}

TxStatus check_possession(const ReadContext& ctx, const Possession& shown) {
  ctx.charge(kGasPerSignature);
  const crypto::PublicKey key{crypto::KeyType::ed25519, to_bytes(as_bytes(shown.consensus_key))};
  const Bytes statement = possession_statement(ctx.block().chain_id, shown.account);
  return ctx.verifier().verify({key, statement, as_bytes(shown.signature)})
             ? TxStatus::ok
             : TxStatus::possession_not_shown;
}

void bind_key(Context& ctx, const Address& account, const std::string& consensus_key) {
  pb::Operator bound;
  bound.set_operator_(to_field(account));
  kOperators.put(ctx, {consensus_address(as_bytes(consensus_key))}, bound);
}

}  // namespace cambium::chain::staking
