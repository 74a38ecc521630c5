#include "chain/modules/groups/groups.hpp"

#include <algorithm>

#include "crypto/sha256.hpp"

namespace cambium::chain::groups {

Address group_account(std::uint64_t group) {
  Bytes number;
  append_be64(number, group);
  const Hash hash = crypto::sha256({as_bytes("cambium/group/v1"), number});
  return *Address::from(hash.view().first(20));
}

TxStatus preflight_policy(const pb::Policy& policy) {
  const bool one = (policy.threshold() == 0) != (policy.percentage_nano() == 0);
  if (!one || policy.percentage_nano() > kNano) return TxStatus::field_out_of_range;
  const bool window = policy.voting_window_ms() > 0 && policy.voting_window_ms() <= kMaxWindowMs;
  const bool delay = policy.min_delay_ms() >= 0 && policy.min_delay_ms() <= kMaxWindowMs;
  return window && delay ? TxStatus::ok : TxStatus::field_out_of_range;
}

TxStatus preflight_members(const google::protobuf::RepeatedPtrField<pb::Member>& members) {
  if (members.empty() || members.size() > kMaxMembers) return TxStatus::field_out_of_range;
  const std::string* previous = nullptr;
  for (const auto& member : members) {
    if (!is_address(member.account())) return TxStatus::bad_address;
    if (previous && *previous >= member.account()) return TxStatus::field_out_of_range;
    if (member.weight() > kMaxWeight) return TxStatus::field_out_of_range;
    if (member.note().size() > kMaxTitleBytes) return TxStatus::field_too_long;
    previous = &member.account();
  }
  return TxStatus::ok;
}

TxStatus check_policy(const pb::Policy& policy, std::uint64_t total_weight) {
  const bool possible = total_weight > 0 && policy.threshold() <= total_weight;
  return possible ? TxStatus::ok : TxStatus::policy_impossible;
}

void set_member(Context& ctx, std::uint64_t id, pb::Group& group, const pb::Member& member) {
  const Address account = to_address(member.account());
  const auto old = kMembers.get(ctx, {id, account});
  group.set_total_weight(group.total_weight() - (old ? old->weight() : 0) + member.weight());
  if (member.weight() == 0) {
    if (!old) return;
    kMembers.erase(ctx, {id, account});
    kMemberships.erase(ctx, {account, id});
    group.set_members(group.members() - 1);
    return;
  }
  auto record = old.value_or(pb::MemberRecord{});
  record.set_weight(member.weight());
  record.set_note(member.note());
  if (!old) {
    record.set_since_ms(ctx.block().time.value);
    group.set_members(group.members() + 1);
    kMemberships.put(ctx, {account, id}, {});
  }
  kMembers.put(ctx, {id, account}, record);
}

void save_changed(Context& ctx, std::uint64_t id, pb::Group& group) {
  group.set_version(group.version() + 1);
  kGroups.put(ctx, {id}, group);
  ctx.emit("groups.changed", {{"group", std::to_string(id)},
                              {"version", std::to_string(group.version())}});
}

pb::Status decided(const pb::Group& group, const pb::Proposal& proposal, TimeMs now) {
  const auto& policy = group.policy();
  // Yes may be enough before the window ends: nobody could vote it away any more, because no
  // policy asks for more than a weight of yes.
  const auto meets = [&](std::uint64_t yes) {
    if (policy.threshold() != 0) return yes >= policy.threshold();
    return yes > 0 && u128(yes) * kNano >= u128(group.total_weight()) * policy.percentage_nano();
  };
  if (meets(proposal.yes())) return pb::STATUS_ACCEPTED;
  const std::uint64_t against = proposal.no() + proposal.abstain();
  const std::uint64_t still = group.total_weight() - std::min(against, group.total_weight());
  const bool over = now.value >= proposal.voting_end_ms();
  return over || !meets(still) ? pb::STATUS_REJECTED : pb::STATUS_VOTING;
}

void erase_proposal(Context& ctx, const pb::Proposal& proposal) {
  std::vector<Address> voters;
  kGroupBallots.scan(ctx, kGroupBallots.prefix(proposal.id()), [&](const auto& key, const auto&) {
    voters.push_back(std::get<1>(key));
    return ScanStep::next;
  });
  for (const Address& voter : voters) kGroupBallots.erase(ctx, {proposal.id(), voter});
  kGroupProposals.erase(ctx, {proposal.id()});
}

bool is_admin(const pb::Group& group, const std::string& sender) {
  return group.admin() == sender;
}

}  // namespace cambium::chain::groups
