// Shares of a validator's bonded coins. A share is worth tokens / shares, at most one ucbm: the
// ratio falls only by slashing, and rounding always leaves the remainder to those who stay.
#pragma once

#include "chain/modules/staking/staking.hpp"
#include "chain/modules/staking/tables.hpp"

namespace cambium::chain::staking {

/// floor(shares * tokens / all shares): what these shares are worth now.
std::uint64_t worth(const pb::Validator& validator, std::uint64_t shares);
/// What the operator has bonded to itself.
std::uint64_t self_bond(const ReadContext& ctx, const Address& operator_account,
                        const pb::Validator& validator);
Level level_for(const pb::Params& params, std::uint64_t self_bond_ucbm);

/// Stores the validator and puts it where its power belongs among the candidates, if anywhere. Its
/// own delegation must have been stored before.
void save(Context& ctx, const Address& operator_account, const pb::Validator& validator);

/// Coins of an account behind a validator.
struct Bond {
  Address account;
  Address validator;
  std::uint64_t amount_ucbm = 0;
};
/// Gives shares for coins that are in the stake account already; own stake is locked from now.
/// validator_worthless when everything bonded to it was slashed away.
TxStatus add_stake(Context& ctx, const Bond& bond);
/// Takes the shares that are worth the amount, rounded up; the coins stay in the stake account. The
/// caller has checked that the delegation is worth as much.
void remove_stake(Context& ctx, const Bond& bond);

/// What binds a delegation to its validator, and what is left of it.
struct Freedom {
  std::uint64_t worth_ucbm = 0;
  std::uint64_t locked_ucbm = 0;       // own stake within its lock
  std::uint64_t redelegated_ucbm = 0;  // came by redelegations that have not completed
  std::uint64_t free_ucbm() const;
};
Freedom freedom(const ReadContext& ctx, const Address& account, const Address& validator);
/// delegation_not_found, delegation_too_small, stake_locked or redelegation_in_progress when the
/// account may not take this much away.
TxStatus check_removable(const ReadContext& ctx, const Bond& bond);

}  // namespace cambium::chain::staking
