// The steps that guardians take to give an account a new key.
#pragma once

#include "chain/message.hpp"
#include "chain/modules/accounts/accounts.hpp"

namespace cambium::chain::accounts {

/// malformed-band verdict on who is recovered with which key.
struct RecoveryPlan {
  const std::string& account;
  const cambium::tx::v1::PublicKey& new_key;
};
TxStatus preflight_recovery(const RecoveryPlan& plan);

/// no_guardians or not_a_guardian unless `guardian` guards the account now.
struct GuardianOf {
  Address guardian;
  Address account;
};
TxStatus check_guardian(const ReadContext& ctx, const GuardianOf& who);

/// Adds an approval; the delay begins with the one that reaches the threshold.
void approve(Context& ctx, const GuardianOf& who, pb::Recovery recovery);

}  // namespace cambium::chain::accounts
