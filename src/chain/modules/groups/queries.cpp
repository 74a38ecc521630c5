#include "chain/modules/groups/queries.hpp"

#include <algorithm>

namespace cambium::chain::groups {
namespace {

int page(std::uint32_t limit) { return limit == 0 ? 50 : int(std::min(limit, 200u)); }

tl::unexpected<Error> not_an_address(std::string_view field) {
  return fail(ErrorCode::invalid_input,
              std::string(field) + " must be an address such as cbm1...");
}

Result<pb::Group> group(const ReadContext& ctx, const pb::GroupRequest& request) {
  const auto found = kGroups.get(ctx, {request.group()});
  if (!found) return fail(ErrorCode::not_found, "there is no such group; ask for \"groups\"");
  return *found;
}
Bytes group_key(const pb::GroupRequest& r) { return kGroups.key({r.group()}); }

Result<pb::GroupList> groups_page(const ReadContext& ctx, const pb::GroupsRequest& request) {
  pb::GroupList list;
  const Bytes below = kGroups.prefix();
  const Bytes after = request.after() == 0 ? Bytes{} : kGroups.key({request.after()});
  kGroups.scan(ctx, state::Range{below, after}, [&](const auto& key, const pb::Group& record) {
    if (list.items_size() == page(request.limit())) {
      list.set_next(list.items(list.items_size() - 1).id());
      return ScanStep::stop;
    }
    auto* item = list.add_items();
    item->set_id(std::get<0>(key));
    *item->mutable_group() = record;
    return ScanStep::next;
  });
  return list;
}

Result<pb::MemberList> members(const ReadContext& ctx, const pb::MembersRequest& request) {
  if (!request.after().empty() && !is_address(request.after())) return not_an_address("after");
  pb::MemberList list;
  const Bytes below = kMembers.prefix(request.group());
  const Bytes after = request.after().empty()
                          ? Bytes{}
                          : kMembers.key({request.group(), to_address(request.after())});
  kMembers.scan(ctx, state::Range{below, after}, [&](const auto& key, const auto& record) {
    if (list.items_size() == page(request.limit())) {
      list.set_next(list.items(list.items_size() - 1).account());
      return ScanStep::stop;
    }
    auto* item = list.add_items();
    item->set_account(to_field(std::get<1>(key)));
    *item->mutable_member() = record;
    return ScanStep::next;
  });
  return list;
}

/// The groups that an account is a member of, 200 at most.
Result<pb::GroupList> memberships(const ReadContext& ctx, const pb::MembershipsRequest& request) {
  if (!is_address(request.account())) return not_an_address("account");
  std::vector<std::uint64_t> ids;
  const Bytes below = kMemberships.prefix(to_address(request.account()));
  kMemberships.scan(ctx, below, [&](const auto& key, const auto&) {
    ids.push_back(std::get<1>(key));
    return ids.size() < 200 ? ScanStep::next : ScanStep::stop;
  });
  pb::GroupList list;
  for (const std::uint64_t id : ids) {
    auto* item = list.add_items();
    item->set_id(id);
    *item->mutable_group() = kGroups.get_or_default(ctx, {id});
  }
  return list;
}

Result<pb::Proposal> proposal(const ReadContext& ctx, const pb::ProposalRequest& request) {
  const auto found = kGroupProposals.get(ctx, {request.proposal()});
  if (!found) return fail(ErrorCode::not_found, "no such proposal is open; ask for \"proposals\"");
  return *found;
}
Bytes proposal_key(const pb::ProposalRequest& r) { return kGroupProposals.key({r.proposal()}); }

/// Open and undone ones, of one group or of all.
Result<pb::ProposalList> proposals(const ReadContext& ctx, const pb::ProposalsRequest& request) {
  pb::ProposalList list;
  const Bytes below = kGroupProposals.prefix();
  const Bytes after = request.after() == 0 ? Bytes{} : kGroupProposals.key({request.after()});
  std::uint64_t last = 0;
  std::size_t seen = 0;
  kGroupProposals.scan(ctx, state::Range{below, after}, [&](const auto& key, const auto& record) {
    if (list.items_size() == page(request.limit()) || ++seen > 2'000) {
      list.set_next(last);
      return ScanStep::stop;
    }
    last = std::get<0>(key);
    if (request.group() == 0 || record.group() == request.group()) *list.add_items() = record;
    return ScanStep::next;
  });
  return list;
}

Result<pb::Ballot> ballot(const ReadContext& ctx, const pb::BallotRequest& request) {
  if (!is_address(request.voter())) return not_an_address("voter");
  const auto found = kGroupBallots.get(ctx, {request.proposal(), to_address(request.voter())});
  if (!found) return fail(ErrorCode::not_found, "this account has no ballot on that proposal");
  return *found;
}
Bytes ballot_key(const pb::BallotRequest& r) {
  return is_address(r.voter()) ? kGroupBallots.key({r.proposal(), to_address(r.voter())}) : Bytes{};
}

}  // namespace

std::vector<Query> queries() {
  return {query("group", group, group_key),
          query("groups", groups_page),
          query("members", members),
          query("memberships", memberships),
          query("proposal", proposal, proposal_key),
          query("proposals", proposals),
          query("ballot", ballot, ballot_key)};
}

}  // namespace cambium::chain::groups
