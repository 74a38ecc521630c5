// Who stands behind the validators with how much. Other modules learn it here and nowhere else.
#pragma once

#include <optional>
#include <vector>

#include "base/amount.hpp"
#include "chain/context.hpp"
#include "state/overlay.hpp"

namespace cambium::chain::staking {

/// Bonded coins of one account behind one validator; validators are named by the account that
/// operates them.
struct Stake {
  Address validator;
  Amount amount;
};
/// Bonded stakes of an account, its own validator's included, ascending by validator. What is
/// unbonding no longer counts.
std::vector<Stake> stakes_of(const ReadContext& ctx, const Address& account);

/// Coins bonded to validators of the active set: the electorate of stake votes.
Amount bonded_total(const ReadContext& ctx);
/// All that is bonded to this validator, delegations included; zero when there is none.
Amount bonded_to(const ReadContext& ctx, const Address& validator);

/// Operators of the active set, most power first; equal power by address.
std::vector<Address> active_set(const ReadContext& ctx);
bool is_active(const ReadContext& ctx, const Address& validator);

/// The operator whose consensus key has this address (first 20 bytes of the key's SHA-256).
std::optional<Address> operator_of(const ReadContext& ctx, const Address& consensus);

/// What the engine is to be told: `power` 0 takes the key out of the set.
struct ValidatorUpdate {
  Bytes key;  // Ed25519, 32 bytes
  std::uint64_t power = 0;
  bool operator==(const ValidatorUpdate&) const = default;
};
/// The changes of the active set that a block's diff (or genesis') brings, ascending by key's
/// address.
std::vector<ValidatorUpdate> validator_updates(const state::Diff& diff);

/// First 20 bytes of SHA-256 of an Ed25519 key.
Address consensus_address(ByteView key);

/// What own stake makes of an account (T/SE-02).
enum class Level : std::uint8_t { none, entry, validator, supernode };
Level level_of(const ReadContext& ctx, const Address& account);

}  // namespace cambium::chain::staking
