#include "chain/modules/treasury/queries.hpp"

#include <algorithm>

#include "chain/modules/bank/bank.hpp"

namespace cambium::chain::treasury {
namespace {

int page(std::uint32_t limit) { return limit == 0 ? 50 : int(std::min(limit, 200u)); }

Result<pb::Params> params(const ReadContext& ctx, const pb::ParamsRequest&) {
  return kTreasuryParams.get_or_default(ctx, {});
}
Bytes params_key(const pb::ParamsRequest&) { return kTreasuryParams.key({}); }

Result<pb::BookReply> book(const ReadContext& ctx, const pb::BookRequest&) {
  pb::BookReply reply;
  const Address& account = treasury_account();
  reply.set_account(to_field(account));
  reply.set_balance_ucbm(
      bank::kBalances.get_or_default(ctx, {account, bank::kUcbm}).amount());
  reply.set_free_ucbm(free_ucbm(ctx));
  *reply.mutable_book() = kBook.get_or_default(ctx, {});
  return reply;
}

Result<pb::StreamReply> stream(const ReadContext& ctx, const pb::StreamRequest& request) {
  const auto found = kStreams.get(ctx, {request.stream()});
  if (!found) return fail(ErrorCode::not_found, "no such stream is open; ask for \"streams\"");
  pb::StreamReply reply;
  *reply.mutable_stream() = *found;
  reply.set_claimable_ucbm(run_ucbm(*found, ctx.block().time) - found->paid_ucbm());
  return reply;
}
Bytes stream_key(const pb::StreamRequest& r) { return kStreams.key({r.stream()}); }

/// One record by its number.
template <class Record>
Result<Record> one(const ReadContext& ctx, const Table<Record, std::uint64_t>& table,
                   std::uint64_t id) {
  auto found = table.get(ctx, {id});
  if (!found) return fail(ErrorCode::not_found, "there is no such number; ask for the list");
  return std::move(*found);
}

Result<pb::Grant> grant(const ReadContext& ctx, const pb::GrantRequest& r) {
  return one(ctx, kGrants, r.grant());
}
Bytes grant_key(const pb::GrantRequest& r) { return kGrants.key({r.grant()}); }
Result<pb::Bounty> bounty(const ReadContext& ctx, const pb::BountyRequest& r) {
  return one(ctx, kBounties, r.bounty());
}
Bytes bounty_key(const pb::BountyRequest& r) { return kBounties.key({r.bounty()}); }
Result<pb::Dispute> dispute(const ReadContext& ctx, const pb::DisputeRequest& r) {
  return one(ctx, kDisputes, r.dispute());
}
Bytes dispute_key(const pb::DisputeRequest& r) { return kDisputes.key({r.dispute()}); }

/// A page of a table by number; `put` writes one item and returns its number.
template <class List, class Record, class Put>
List list_of(const ReadContext& ctx, const Table<Record, std::uint64_t>& table,
             const pb::PageRequest& request, Put put) {
  List list;
  const Bytes below = table.prefix();
  const Bytes after = request.after() == 0 ? Bytes{} : table.key({request.after()});
  std::uint64_t last = 0;
  table.scan(ctx, state::Range{below, after}, [&](const auto& key, const Record& record) {
    if (list.items_size() == page(request.limit())) {
      list.set_next(last);
      return ScanStep::stop;
    }
    last = std::get<0>(key);
    auto* item = list.add_items();
    item->set_id(last);
    put(*item, record);
    return ScanStep::next;
  });
  return list;
}

Result<pb::StreamList> streams(const ReadContext& ctx, const pb::PageRequest& request) {
  return list_of<pb::StreamList>(ctx, kStreams, request, [](auto& item, const auto& record) {
    *item.mutable_stream() = record;
  });
}
Result<pb::GrantList> grants(const ReadContext& ctx, const pb::PageRequest& request) {
  return list_of<pb::GrantList>(ctx, kGrants, request, [](auto& item, const auto& record) {
    *item.mutable_grant() = record;
  });
}
Result<pb::BountyList> bounties(const ReadContext& ctx, const pb::PageRequest& request) {
  return list_of<pb::BountyList>(ctx, kBounties, request, [](auto& item, const auto& record) {
    *item.mutable_bounty() = record;
  });
}
Result<pb::DisputeList> disputes(const ReadContext& ctx, const pb::PageRequest& request) {
  return list_of<pb::DisputeList>(ctx, kDisputes, request, [](auto& item, const auto& record) {
    *item.mutable_dispute() = record;
  });
}

Result<pb::SubmissionList> submissions(const ReadContext& ctx,
                                       const pb::SubmissionsRequest& request) {
  if (!request.after().empty() && !is_address(request.after())) {
    return fail(ErrorCode::invalid_input, "after must be an address, or left out");
  }
  const Bytes below = kSubmissions.prefix(request.bounty());
  const Bytes after = request.after().empty()
                          ? Bytes{}
                          : kSubmissions.key({request.bounty(), to_address(request.after())});
  pb::SubmissionList list;
  kSubmissions.scan(ctx, state::Range{below, after}, [&](const auto& key, const auto& record) {
    if (list.items_size() == page(request.limit())) {
      list.set_next(list.items(list.items_size() - 1).claimant());
      return ScanStep::stop;
    }
    auto* item = list.add_items();
    item->set_claimant(to_field(std::get<1>(key)));
    *item->mutable_submission() = record;
    return ScanStep::next;
  });
  return list;
}

}  // namespace

std::vector<Query> queries() {
  return {query("params", params, params_key),    query("book", book),
          query("stream", stream, stream_key),    query("streams", streams),
          query("grant", grant, grant_key),       query("grants", grants),
          query("bounty", bounty, bounty_key),    query("bounties", bounties),
          query("submissions", submissions),      query("dispute", dispute, dispute_key),
          query("disputes", disputes)};
}

}  // namespace cambium::chain::treasury
