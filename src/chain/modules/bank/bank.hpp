// What other modules may do with coins. Everything that moves value goes through here.
#pragma once

#include <string>

#include "cambium/bank/v1/bank.pb.h"
#include "base/amount.hpp"
#include "chain/table.hpp"

namespace cambium::chain::bank {

namespace pb = cambium::bank::v1;

inline constexpr Table<pb::Balance, Address, std::string> kBalances{TableId{kBankPrefix, 1}};
inline constexpr Table<pb::Supply, std::string> kSupplies{TableId{kBankPrefix, 2}};
inline constexpr Table<pb::Vesting, Address> kVestings{TableId{kBankPrefix, 3}};
inline constexpr Table<pb::Denomination, std::string> kDenominations{TableId{kBankPrefix, 4}};

/// The token's denomination.
inline const std::string kUcbm = "ucbm";

pb::Coin coin(std::uint64_t amount, const std::string& denom = kUcbm);
inline pb::Coin coin(Amount amount) { return coin(amount.ucbm); }
/// 3 to 64 of [a-z0-9/:-], starting with a letter.
bool is_denomination(const std::string& text);
/// malformed-band verdict on a coin in a message: positive, well-named.
TxStatus preflight_coin(const pb::Coin& coin);

struct Holding {
  Address account;
  std::string denom = kUcbm;
};

/// What the account may spend now: balance less what is held and what has not vested. The one
/// function that says so.
std::uint64_t spendable(const ReadContext& ctx, const Holding& holding);
std::uint64_t unvested(const pb::Vesting& vesting, TimeMs now);

struct Transfer {
  Address from;
  Address to;
  pb::Coin coin;
};
/// insufficient_funds when the coin is more than `spendable`; moving zero does nothing.
TxStatus transfer(Context& ctx, const Transfer& transfer);

/// Creates coins; privilege_missing unless the running message declares `may_mint`.
TxStatus mint(Context& ctx, const Address& to, const pb::Coin& coin);
/// Destroys spendable coins; privilege_missing unless it declares `may_burn`.
TxStatus burn(Context& ctx, const Address& from, const pb::Coin& coin);

/// Marks spendable coins as owed to an obligation; they stay the account's own.
TxStatus hold(Context& ctx, const Address& account, const pb::Coin& coin);
/// Frees held coins; nothing_held when less is held.
TxStatus release(Context& ctx, const Address& account, const pb::Coin& coin);

}  // namespace cambium::chain::bank
