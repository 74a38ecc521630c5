// The module's state.
#pragma once

#include "cambium/beacon/v1/beacon.pb.h"
#include "chain/table.hpp"

namespace cambium::chain::beacon {

namespace pb = cambium::beacon::v1;

inline constexpr Table<pb::Params> kBeaconParams{TableId{kBeaconPrefix, 1}};
/// (operator): the key its shares are encrypted to.
inline constexpr Table<pb::Key, Address> kKeys{TableId{kBeaconPrefix, 2}};
inline constexpr Table<pb::Session> kSession{TableId{kBeaconPrefix, 3}};
/// (session, dealer)
inline constexpr Table<pb::StoredDeal, std::uint64_t, Address> kDeals{TableId{kBeaconPrefix, 4}};
/// (session, dealer): while the session runs.
inline constexpr Table<pb::StoredCommitments, std::uint64_t, Address> kCommitments{
    TableId{kBeaconPrefix, 5}};
/// (first round): the present group and the one before it.
inline constexpr Table<pb::Group, std::uint64_t> kGroups{TableId{kBeaconPrefix, 6}};
inline constexpr Table<pb::Pending> kPending{TableId{kBeaconPrefix, 7}};
/// (height): values of rounds while a draw is pending.
inline constexpr Table<pb::Round, std::uint64_t> kRounds{TableId{kBeaconPrefix, 8}};

}  // namespace cambium::chain::beacon
