// The module's state, and what other modules may ask of it.
#pragma once

#include <optional>
#include <string>

#include "base/amount.hpp"
#include "cambium/governance/v1/governance.pb.h"
#include "chain/table.hpp"

namespace cambium::chain::governance {

namespace pb = cambium::governance::v1;

inline constexpr Table<pb::Params> kGovernanceParams{TableId{kGovernancePrefix, 1}};
inline constexpr Table<pb::Proposal, std::uint64_t> kProposals{TableId{kGovernancePrefix, 2}};
/// (proposal, depositor)
inline constexpr Table<pb::DepositRecord, std::uint64_t, Address> kDeposits{
    TableId{kGovernancePrefix, 3}};
/// (proposal, voter)
inline constexpr Table<pb::Ballot, std::uint64_t, Address> kBallots{TableId{kGovernancePrefix, 4}};
/// (proposal): counts under way
inline constexpr Table<pb::Tally, std::uint64_t> kTallies{TableId{kGovernancePrefix, 5}};
/// (proposal, validator)
inline constexpr Table<pb::Backing, std::uint64_t, Address> kBackings{
    TableId{kGovernancePrefix, 6}};
/// (time in ms, sequence): what comes due, oldest first
inline constexpr Table<pb::Due, std::uint64_t, std::uint64_t> kDue{TableId{kGovernancePrefix, 7}};
/// (act): emergency acts in force
inline constexpr Table<pb::Act, std::uint64_t> kActs{TableId{kGovernancePrefix, 8}};
/// (act): what operators' tools are to carry out
inline constexpr Table<pb::Order, std::uint64_t> kOrders{TableId{kGovernancePrefix, 9}};
/// (operator): validators that an emergency act keeps out of the active set
inline constexpr Table<pb::Until, Address> kExcluded{TableId{kGovernancePrefix, 10}};
inline constexpr Table<pb::Audit, Address> kAudits{TableId{kGovernancePrefix, 11}};
inline constexpr Table<pb::Policy, std::string> kPolicies{TableId{kGovernancePrefix, 12}};
inline constexpr Table<pb::Council> kCouncil{TableId{kGovernancePrefix, 13}};
/// (year since genesis, from 1)
inline constexpr Table<pb::Year, std::uint64_t> kYears{TableId{kGovernancePrefix, 14}};
inline constexpr Table<pb::Totals> kTotals{TableId{kGovernancePrefix, 15}};

inline constexpr std::size_t kMaxTitleBytes = 140;
inline constexpr std::size_t kMaxSummaryBytes = 10'000;
inline constexpr int kMaxActions = 16;
inline constexpr std::size_t kMaxListItems = 64;     // accounts or messages in one action
inline constexpr std::uint32_t kMaxDepositors = 64;  // so that giving back is bounded
inline constexpr std::int64_t kDayMs = 86'400'000;
inline constexpr std::int64_t kYearMs = 365 * kDayMs;

/// Sends what passed proposals decided, and holds their deposits. No key opens it.
const Address& governance_account();

/// Whether an emergency act keeps this operator out of the active set now.
bool is_excluded(const ReadContext& ctx, const Address& validator);

/// Puts something on the calendar; what is due is handled at the end of the first block at or
/// after that time.
void remember_due(Context& ctx, TimeMs when, const pb::Due& due);

/// The proposal, or nothing for a number that was never given.
std::optional<pb::Proposal> find(const ReadContext& ctx, std::uint64_t id);
void save(Context& ctx, const pb::Proposal& proposal);

constexpr bool is_emergency(pb::Track track) {
  return track == pb::TRACK_SECURITY || track == pb::TRACK_CONSENSUS ||
         track == pb::TRACK_ECONOMIC;
}

}  // namespace cambium::chain::governance
