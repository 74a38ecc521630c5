// The module's state.
#pragma once

#include "cambium/slashing/v1/slashing.pb.h"
#include "chain/table.hpp"

namespace cambium::chain::slashing {

namespace pb = cambium::slashing::v1;

inline constexpr Table<pb::Params> kSlashingParams{TableId{kSlashingPrefix, 1}};
/// (consensus address): who is missing now.
inline constexpr Table<pb::Absence, Address> kAbsences{TableId{kSlashingPrefix, 2}};
/// (consensus address): what was missed before.
inline constexpr Table<pb::Signing, Address> kSigning{TableId{kSlashingPrefix, 3}};
/// (operator, number)
inline constexpr Table<pb::Offence, Address, std::uint64_t> kOffences{
    TableId{kSlashingPrefix, 4}};
/// (operator, kind, infraction height)
inline constexpr Table<pb::Punished, Address, std::uint64_t, std::uint64_t> kPunished{
    TableId{kSlashingPrefix, 5}};
/// (transaction, consensus address of the proposer)
inline constexpr Table<pb::LeftOut, Hash, Address> kLeftOut{TableId{kSlashingPrefix, 6}};
/// (consensus address of the proposer)
inline constexpr Table<pb::Occasions, Address> kOccasions{TableId{kSlashingPrefix, 7}};

}  // namespace cambium::chain::slashing
