// The module's state, and what other modules may use of it. One unit everywhere: 10^-9 ucbm.
#pragma once

#include <string>

#include "base/amount.hpp"
#include "cambium/rewards/v1/rewards.pb.h"
#include "chain/modules/interchain/ports.hpp"
#include "chain/table.hpp"

namespace cambium::chain::rewards {

namespace pb = cambium::rewards::v1;

inline constexpr Table<pb::Params> kRewardParams{TableId{kRewardsPrefix, 1}};
inline constexpr Table<pb::Pools> kPools{TableId{kRewardsPrefix, 2}};
inline constexpr Table<pb::Accrual, Address> kAccruals{TableId{kRewardsPrefix, 3}};
inline constexpr Table<pb::Escrow, Address> kEscrows{TableId{kRewardsPrefix, 4}};
inline constexpr Table<pb::PendingReward, std::uint64_t> kPending{TableId{kRewardsPrefix, 5}};
/// (model, candidate)
inline constexpr Table<pb::TrainingPayout, std::string, std::uint64_t> kPayouts{
    TableId{kRewardsPrefix, 6}};
/// (model, sort key of the expert's name)
inline constexpr Table<pb::ExpertEarning, std::string, std::string> kEarnings{
    TableId{kRewardsPrefix, 7}};
/// (receipt)
inline constexpr Table<pb::ReceiptSeen, Hash> kReceipts{TableId{kRewardsPrefix, 8}};
/// (day since genesis)
inline constexpr Table<pb::DayMint, std::uint64_t> kDayMints{TableId{kRewardsPrefix, 9}};

/// Holds what escrows and accruals owe, to the last 10^-9 ucbm.
Address rewards_account();

u128 owed_nano(const pb::Accrual& accrual);

/// Why an account earned, for its page.
enum class Earned : std::uint8_t { hosting, training, data, other };
struct Credit {
  Address account;
  u128 nano = 0;
  Earned earned = Earned::other;
};
/// Adds to what the account is owed; the coins are in `rewards_account` already.
void accrue(Context& ctx, const Credit& credit);

/// Pays the whole ucbm that are owed when they reach the threshold; below_payout_threshold if not.
TxStatus settle(Context& ctx, const Address& account);

/// Takes TrainingReward packets from the client that the parameters name.
interchain::Port training_port();

}  // namespace cambium::chain::rewards
