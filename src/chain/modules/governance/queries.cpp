#include "chain/modules/governance/queries.hpp"

#include <algorithm>

#include "chain/modules/governance/votes/tier.hpp"
#include "chain/params.hpp"
#include "chain/records.hpp"

namespace cambium::chain::governance {
namespace {

int page(std::uint32_t limit) { return limit == 0 ? 50 : int(std::min(limit, 200u)); }

tl::unexpected<Error> not_an_address(std::string_view field) {
  return fail(ErrorCode::invalid_input,
              std::string(field) + " must be an address such as cbm1...");
}

Result<pb::Params> params(const ReadContext& ctx, const pb::ParamsRequest&) {
  return kGovernanceParams.get_or_default(ctx, {});
}
Bytes params_key(const pb::ParamsRequest&) { return kGovernanceParams.key({}); }

Result<pb::Proposal> proposal(const ReadContext& ctx, const pb::ProposalRequest& request) {
  const auto found = find(ctx, request.proposal());
  if (!found) return fail(ErrorCode::not_found, "there is no such proposal; ask for \"proposals\"");
  return *found;
}
Bytes proposal_key(const pb::ProposalRequest& r) { return kProposals.key({r.proposal()}); }

/// Newest first: numbers are dense, so the page walks down from the newest.
Result<pb::ProposalList> proposals(const ReadContext& ctx, const pb::ProposalsRequest& request) {
  constexpr std::uint64_t kMostVisited = 2'000;
  const std::uint64_t newest = kTotals.get_or_default(ctx, {}).last_proposal();
  const std::uint64_t before = request.before() == 0 ? newest + 1 : request.before();
  pb::ProposalList list;
  std::uint64_t id = std::min(before, newest + 1);
  for (std::uint64_t seen = 0; id > 1 && seen < kMostVisited; ++seen) {
    if (list.items_size() == page(request.limit())) break;
    const auto found = find(ctx, --id);
    if (!found) continue;
    if (request.status() != pb::STATUS_UNSPECIFIED && request.status() != found->status()) continue;
    if (request.track() != pb::TRACK_UNSPECIFIED && request.track() != found->track()) continue;
    *list.add_items() = *found;
  }
  if (id > 1) list.set_next(id);
  return list;
}

Result<pb::Ballot> ballot(const ReadContext& ctx, const pb::BallotRequest& request) {
  if (!is_address(request.voter())) return not_an_address("voter");
  const auto found = kBallots.get(ctx, {request.proposal(), to_address(request.voter())});
  if (!found) return fail(ErrorCode::not_found, "this account has no ballot on that proposal");
  return *found;
}
Bytes ballot_key(const pb::BallotRequest& r) {
  return is_address(r.voter()) ? kBallots.key({r.proposal(), to_address(r.voter())}) : Bytes{};
}

Result<pb::BallotList> ballots(const ReadContext& ctx, const pb::BallotsRequest& request) {
  if (!request.after().empty() && !is_address(request.after())) return not_an_address("after");
  const Bytes below = kBallots.prefix(request.proposal());
  const Bytes after = request.after().empty()
                          ? Bytes{}
                          : kBallots.key({request.proposal(), to_address(request.after())});
  pb::BallotList list;
  kBallots.scan(ctx, state::Range{below, after}, [&](const auto& key, const pb::Ballot& item) {
    if (list.items_size() == page(request.limit())) {
      list.set_next(list.items(list.items_size() - 1).voter());
      return ScanStep::stop;
    }
    auto* out = list.add_items();
    out->set_voter(to_field(std::get<1>(key)));
    *out->mutable_ballot() = item;
    return ScanStep::next;
  });
  return list;
}

Result<pb::ActList> acts(const ReadContext& ctx, const pb::ActsRequest&) {
  pb::ActList list;
  kActs.scan(ctx, kActs.prefix(), [&](const auto& key, const pb::Act& act) {
    auto* out = list.add_items();
    out->set_act(std::get<0>(key));
    *out->mutable_detail() = act;
    return list.items_size() < 200 ? ScanStep::next : ScanStep::stop;
  });
  return list;
}

Result<pb::Order> order(const ReadContext& ctx, const pb::OrderRequest& request) {
  const auto found = kOrders.get(ctx, {request.act()});
  if (!found) return fail(ErrorCode::not_found, "no order of that number is in force");
  return *found;
}
Bytes order_key(const pb::OrderRequest& r) { return kOrders.key({r.act()}); }

Result<pb::OrderList> orders(const ReadContext& ctx, const pb::OrdersRequest& request) {
  pb::OrderList list;
  const Bytes below = kOrders.prefix();
  const Bytes after = request.after() == 0 ? Bytes{} : kOrders.key({request.after()});
  kOrders.scan(ctx, state::Range{below, after}, [&](const auto& key, const pb::Order& item) {
    auto* out = list.add_items();
    out->set_act(std::get<0>(key));
    *out->mutable_order() = item;
    return list.items_size() < page(request.limit()) ? ScanStep::next : ScanStep::stop;
  });
  return list;
}

Result<pb::TierReply> tier(const ReadContext& ctx, const pb::TierRequest& request) {
  if (!is_address(request.account())) return not_an_address("account");
  const Address account = to_address(request.account());
  pb::TierReply reply;
  reply.set_tier(tier_of(ctx, account));
  reply.set_votes(reply.tier());
  if (const auto audit = kAudits.get(ctx, {account})) *reply.mutable_audit() = *audit;
  return reply;
}

/// What a change would do, and why it would be refused, before anybody proposes it.
Result<pb::TryParamReply> try_one(const ReadContext& ctx, const pb::ParamChange& change) {
  const auto verdict = try_param(ctx, {change.module(), change.field(), change.value_json()});
  pb::TryParamReply reply;
  reply.set_status(std::string(name(verdict.status)));
  reply.set_why(verdict.why);
  reply.set_before_json(verdict.before_json);
  reply.set_after_json(verdict.after_json);
  return reply;
}

Result<pb::PolicyList> policies(const ReadContext& ctx, const pb::PoliciesRequest&) {
  pb::PolicyList list;
  kPolicies.scan(ctx, kPolicies.prefix(), [&](const auto& key, const pb::Policy& policy) {
    auto* out = list.add_items();
    out->set_name(std::get<0>(key));
    *out->mutable_policy() = policy;
    return list.items_size() < 200 ? ScanStep::next : ScanStep::stop;
  });
  return list;
}

Result<pb::Council> council(const ReadContext& ctx, const pb::CouncilRequest&) {
  return kCouncil.get_or_default(ctx, {});
}
Bytes council_key(const pb::CouncilRequest&) { return kCouncil.key({}); }

Result<pb::Until> frozen(const ReadContext& ctx, const pb::FrozenRequest& request) {
  if (!is_address(request.account())) return not_an_address("account");
  pb::Until until;
  until.set_until_ms(kFrozen.get_or_default(ctx, {to_address(request.account())}).until_ms());
  return until;
}
Bytes frozen_key(const pb::FrozenRequest& r) {
  return is_address(r.account()) ? kFrozen.key({to_address(r.account())}) : Bytes{};
}

Result<pb::Year> year(const ReadContext& ctx, const pb::YearRequest& request) {
  const auto found = kYears.get(ctx, {request.year()});
  if (!found) return fail(ErrorCode::not_found, "nothing is kept of that year; they start at 1");
  return *found;
}
Bytes year_key(const pb::YearRequest& r) { return kYears.key({r.year()}); }

}  // namespace

std::vector<Query> queries() {
  return {query("params", params, params_key),
          query("proposal", proposal, proposal_key),
          query("proposals", proposals),
          query("ballot", ballot, ballot_key),
          query("ballots", ballots),
          query("acts", acts),
          query("order", order, order_key),
          query("orders", orders),
          query("tier", tier),
          query("try_param", try_one),
          query("policies", policies),
          query("council", council, council_key),
          query("frozen", frozen, frozen_key),
          query("year", year, year_key)};
}

}  // namespace cambium::chain::governance
