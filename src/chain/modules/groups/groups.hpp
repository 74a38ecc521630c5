// Groups: accounts that several people act from by vote. State, and the rules messages share.
#pragma once

#include <optional>
#include <string>

#include "base/amount.hpp"
#include "cambium/groups/v1/groups.pb.h"
#include "chain/table.hpp"

namespace cambium::chain::groups {

namespace pb = cambium::groups::v1;

inline constexpr Table<pb::Group, std::uint64_t> kGroups{TableId{kGroupsPrefix, 1}};
/// (group, account)
inline constexpr Table<pb::MemberRecord, std::uint64_t, Address> kMembers{
    TableId{kGroupsPrefix, 2}};
/// (account, group)
inline constexpr Table<pb::Ballot, Address, std::uint64_t> kMemberships{TableId{kGroupsPrefix, 3}};
inline constexpr Table<pb::Proposal, std::uint64_t> kGroupProposals{TableId{kGroupsPrefix, 4}};
/// (proposal, voter)
inline constexpr Table<pb::Ballot, std::uint64_t, Address> kGroupBallots{TableId{kGroupsPrefix, 5}};
inline constexpr Table<pb::Totals> kGroupTotals{TableId{kGroupsPrefix, 6}};

inline constexpr int kMaxMembers = 100;  // so that a proposal's ballots can be erased at once
inline constexpr int kMaxMessages = 16;
inline constexpr std::size_t kMaxMessageBytes = 64 * 1024;
inline constexpr std::size_t kMaxTitleBytes = 140;
inline constexpr std::size_t kMaxTextBytes = 2'000;
inline constexpr std::uint64_t kMaxWeight = 1'000'000'000'000;
inline constexpr std::int64_t kMaxWindowMs = 365LL * 86'400'000;

/// The account that the group acts from: SHA-256("cambium/group/v1" || group), 20 bytes. No key
/// opens it.
Address group_account(std::uint64_t group);

/// Statuses of the malformed band.
TxStatus preflight_policy(const pb::Policy& policy);
TxStatus preflight_members(const google::protobuf::RepeatedPtrField<pb::Member>& members);

/// Whether all weight together could meet the policy; policy_impossible otherwise.
TxStatus check_policy(const pb::Policy& policy, std::uint64_t total_weight);

/// Sets, changes and removes members and keeps count and weight; nothing else of `group` moves.
void set_member(Context& ctx, std::uint64_t id, pb::Group& group, const pb::Member& member);
/// The group changed: open proposals of before can no longer be executed.
void save_changed(Context& ctx, std::uint64_t id, pb::Group& group);

/// What a proposal's votes amount to by the group's policy.
pb::Status decided(const pb::Group& group, const pb::Proposal& proposal, TimeMs now);

/// Forgets a proposal and its ballots.
void erase_proposal(Context& ctx, const pb::Proposal& proposal);

/// Whether the sender may change members and policy; it is the group itself when it has no other.
bool is_admin(const pb::Group& group, const std::string& sender);

}  // namespace cambium::chain::groups
