// What stake earns: one growing index a validator, settled when a delegation is touched. Sums are
// whole ucbm; the index counts 10^-9 ucbm a share, and what one step cannot divide is carried.
#pragma once

#include "chain/modules/staking/tables.hpp"

namespace cambium::chain::staking {

/// Adds coins, which the caller moves to the rewards account, to what the validator's stake has
/// earned. Nothing to do when nobody has shares.
void earn(pb::Validator& validator, std::uint64_t amount_ucbm);
/// As `earn`, after the operator's commission.
void earn_with_commission(pb::Validator& validator, std::uint64_t amount_ucbm);

/// Brings what the delegation is owed up to date; must come before its shares change.
void settle(const pb::Validator& validator, pb::Delegation& delegation);
/// Pays the whole ucbm of a settled delegation to where the account's rewards go. The caller stores
/// both records. insufficient_funds while an emergency act has frozen the rewards account.
TxStatus pay(Context& ctx, const Address& account, pb::Validator& validator,
             pb::Delegation& delegation);

/// Where the rewards of this account go.
Address withdraw_address(const ReadContext& ctx, const Address& account);

}  // namespace cambium::chain::staking
