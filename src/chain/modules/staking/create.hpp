// A new validator: what genesis and CreateValidator share.
#pragma once

#include <string>

#include "chain/modules/staking/tables.hpp"

namespace cambium::chain::staking {

struct NewValidator {
  Address account;            // the operator
  std::string consensus_key;  // Ed25519, 32 bytes
  std::uint64_t self_bond_ucbm = 0;
  pb::Commission commission;
  pb::Description description;
};
/// validator_exists, consensus_key_used, stake_below_minimum, insufficient_funds.
TxStatus check_new(const ReadContext& ctx, const NewValidator& made);
TxStatus create(Context& ctx, const NewValidator& made);

/// What a consensus key signs to show that its owner agrees to validate for this operator on this
/// chain: "cambium/consensus_key/v1", the chain's id, a zero byte, the operator's 20 bytes.
struct Possession {
  const Address& account;
  const std::string& consensus_key;
  const std::string& signature;
};
Bytes possession_statement(std::string_view chain_id, const Address& account);
/// possession_not_shown; charges the gas of a signature.
TxStatus check_possession(const ReadContext& ctx, const Possession& shown);

/// Binds a key that nobody used before to the operator.
void bind_key(Context& ctx, const Address& account, const std::string& consensus_key);

}  // namespace cambium::chain::staking
