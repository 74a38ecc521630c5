// Keys and nonces, for the pipeline and for whoever must know an account's key.
#pragma once

#include "cambium/accounts/v1/accounts.pb.h"
#include "chain/table.hpp"

namespace cambium::chain::accounts {

namespace pb = cambium::accounts::v1;

inline constexpr Table<pb::Account, Address> kAccounts{TableId{kAccountsPrefix, 1}};

/// The next nonce; 0 for an account that has not acted yet.
Nonce next_nonce(const ReadContext& ctx, const Address& account);

/// True when `key` is bound to the account, or is the key its address was made from and no other
/// is bound.
struct Claim {
  Address account;
  const crypto::PublicKey& key;
};
bool owns(const ReadContext& ctx, const Claim& claim);

/// Binds the key on first use; `owns` holds.
void bind(Context& ctx, const Claim& claim);
void use_nonce(Context& ctx, const Address& account);

}  // namespace cambium::chain::accounts
