// The module's state.
#pragma once

#include "base/amount.hpp"
#include "cambium/staking/v1/staking.pb.h"
#include "chain/table.hpp"

namespace cambium::chain::staking {

namespace pb = cambium::staking::v1;

inline constexpr Table<pb::Params> kStakingParams{TableId{kStakingPrefix, 1}};
inline constexpr Table<pb::Validator, Address> kValidators{TableId{kStakingPrefix, 2}};
/// (account, validator)
inline constexpr Table<pb::Delegation, Address, Address> kDelegations{TableId{kStakingPrefix, 3}};
/// (account, validator, id)
inline constexpr Table<pb::Unbonding, Address, Address, std::uint64_t> kUnbondings{
    TableId{kStakingPrefix, 4}};
/// (account, destination, id)
inline constexpr Table<pb::Redelegation, Address, Address, std::uint64_t> kRedelegations{
    TableId{kStakingPrefix, 5}};
/// (time at which it ends, id): the front of the queue is its own cursor.
inline constexpr Table<pb::Maturing, std::uint64_t, std::uint64_t> kQueue{
    TableId{kStakingPrefix, 6}};
/// (validator, number)
inline constexpr Table<pb::Slash, Address, std::uint64_t> kSlashes{TableId{kStakingPrefix, 7}};
/// (2^64 - 1 - power, validator): most power first, equal power by address.
inline constexpr Table<pb::Candidate, std::uint64_t, Address> kCandidates{
    TableId{kStakingPrefix, 8}};
/// (consensus address): every key that ever belonged to a validator.
inline constexpr Table<pb::Operator, Address> kOperators{TableId{kStakingPrefix, 9}};
/// (consensus address): the set the engine was last told.
inline constexpr Table<pb::Active, Address> kActiveSet{TableId{kStakingPrefix, 10}};
inline constexpr Table<pb::Epoch> kEpoch{TableId{kStakingPrefix, 11}};
inline constexpr Table<pb::Counters> kCounters{TableId{kStakingPrefix, 12}};
inline constexpr Table<pb::WithdrawAddress, Address> kWithdrawTo{TableId{kStakingPrefix, 13}};

/// Holds every bonded and unbonding coin.
inline Address stake_account() { return module_address("staking"); }
/// Holds what was earned and not yet withdrawn.
inline Address rewards_account() { return module_address("staking_rewards"); }
/// Where base fees gather until validators are paid from them.
inline Address fee_pool() { return module_address("staking_pool"); }

/// Voting power: whole CBM.
inline std::uint64_t power_of(std::uint64_t ucbm) { return ucbm / kUcbmPerCbm; }

}  // namespace cambium::chain::staking
