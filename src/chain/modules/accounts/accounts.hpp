// Keys and nonces, and whom an account lets act for it.
#pragma once

#include "base/amount.hpp"
#include "cambium/accounts/v1/accounts.pb.h"
#include "chain/table.hpp"

namespace cambium::chain::accounts {

namespace pb = cambium::accounts::v1;

inline constexpr Table<pb::Account, Address> kAccounts{TableId{kAccountsPrefix, 1}};
/// (account, reserved nonce)
inline constexpr Table<pb::Ticket, Address, std::uint64_t> kTickets{TableId{kAccountsPrefix, 2}};
/// (last time in ms, transaction): what expires first comes first
inline constexpr Table<pb::SeenTx, std::uint64_t, TxId> kSeen{TableId{kAccountsPrefix, 3}};
/// (granter, grantee, short message name)
inline constexpr Table<pb::GrantRecord, Address, Address, std::string> kGrants{
    TableId{kAccountsPrefix, 4}};
/// (grantee, granter, short message name)
inline constexpr Table<pb::GrantRef, Address, Address, std::string> kGrantRefs{
    TableId{kAccountsPrefix, 5}};
/// (sponsor, grantee)
inline constexpr Table<pb::Allowance, Address, Address> kAllowances{TableId{kAccountsPrefix, 6}};
inline constexpr Table<pb::Guardianship, Address> kGuardianships{TableId{kAccountsPrefix, 7}};
inline constexpr Table<pb::Recovery, Address> kRecoveries{TableId{kAccountsPrefix, 8}};

inline constexpr std::uint32_t kMaxOpenTickets = 64;
inline constexpr std::int64_t kUnorderedWindowMs = 600'000;
inline constexpr std::size_t kMaxGuardians = 16;
inline constexpr std::int64_t kRecoveryDelayMs = 48 * 3'600'000ll;

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

/// One message that a grantee sends in the granter's name.
struct Deputy {
  Address granter;
  Address grantee;
  std::string message;  // short name
};
/// The grant that covers it now; nothing when there is none or it has expired.
std::optional<pb::GrantRecord> live_grant(const ReadContext& ctx, const Deputy& deputy);
/// Counts one use that took `spent` from the granter; grant_overspent when that is too much. A
/// grant with nothing left goes away.
TxStatus use_grant(Context& ctx, const Deputy& deputy, Amount spent);
void erase_grant(Context& ctx, const Deputy& deputy);

/// Who guards the account at the block's time; nothing when nobody does.
std::optional<pb::GuardianSet> guardians_of(const ReadContext& ctx, const Address& account);

}  // namespace cambium::chain::accounts
