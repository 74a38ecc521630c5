// The module's state, and what other modules may do with the common coins.
#pragma once

#include <optional>
#include <string>

#include "base/amount.hpp"
#include "cambium/treasury/v1/treasury.pb.h"
#include "chain/table.hpp"

namespace cambium::chain::treasury {

namespace pb = cambium::treasury::v1;

inline constexpr Table<pb::Params> kTreasuryParams{TableId{kTreasuryPrefix, 1}};
inline constexpr Table<pb::Book> kBook{TableId{kTreasuryPrefix, 2}};
inline constexpr Table<pb::Stream, std::uint64_t> kStreams{TableId{kTreasuryPrefix, 3}};
inline constexpr Table<pb::Grant, std::uint64_t> kGrants{TableId{kTreasuryPrefix, 4}};
inline constexpr Table<pb::Bounty, std::uint64_t> kBounties{TableId{kTreasuryPrefix, 5}};
/// (bounty, claimant)
inline constexpr Table<pb::Submission, std::uint64_t, Address> kSubmissions{
    TableId{kTreasuryPrefix, 6}};
inline constexpr Table<pb::Dispute, std::uint64_t> kDisputes{TableId{kTreasuryPrefix, 7}};
/// (time in ms, dispute): whose step comes due, oldest first
inline constexpr Table<pb::Due, std::uint64_t, std::uint64_t> kDisputeDue{
    TableId{kTreasuryPrefix, 8}};

inline constexpr std::size_t kMaxTitleBytes = 140;
inline constexpr std::size_t kMaxTextBytes = 2'000;
inline constexpr int kMaxReviewers = 16;
inline constexpr int kMaxMilestones = 32;
inline constexpr std::int64_t kDayMs = 86'400'000;

/// Where every module sends the common share. Leaves only through this module.
const Address& treasury_account();
/// Holds the deposits of disputes.
const Address& disputes_account();

/// What is there beyond everything promised and not yet paid.
std::uint64_t free_ucbm(const ReadContext& ctx);
/// All that ever came in, whoever sent it: what is there and what was paid.
std::uint64_t inflow_ucbm(const ReadContext& ctx);

struct Payment {
  Address to;
  std::uint64_t ucbm = 0;
};
/// From what is free; treasury_short when that is less.
TxStatus pay_free(Context& ctx, const Payment& payment);
/// Sets free coins aside; treasury_short when there are fewer.
TxStatus promise(Context& ctx, std::uint64_t ucbm);
/// Pays what was promised.
TxStatus pay_promised(Context& ctx, const Payment& payment);
/// What was promised is free again.
void take_back(Context& ctx, std::uint64_t ucbm);

/// Whether the sender of a message is a passed proposal.
bool is_proposal(const std::string& sender);
/// What a stream has paid for until now, paid out or not.
std::uint64_t run_ucbm(const pb::Stream& stream, TimeMs now);

}  // namespace cambium::chain::treasury
