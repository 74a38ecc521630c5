// UpdateMembers: the admin adds, changes and removes members; weight 0 removes.
#include "chain/message.hpp"
#include "chain/modules/groups/groups.hpp"

namespace cambium::chain {
namespace {

using namespace groups;

/// The group as it would be, without writing.
pb::Group after(const ReadContext& ctx, const pb::UpdateMembers& msg, pb::Group group) {
  for (const auto& member : msg.members()) {
    const auto old = kMembers.get(ctx, {msg.group(), to_address(member.account())});
    group.set_total_weight(group.total_weight() - (old ? old->weight() : 0) + member.weight());
    if (!old && member.weight() > 0) group.set_members(group.members() + 1);
    if (old && member.weight() == 0) group.set_members(group.members() - 1);
  }
  return group;
}

TxStatus preflight(const pb::UpdateMembers& msg) {
  return msg.group() == 0 ? TxStatus::field_out_of_range : preflight_members(msg.members());
}

TxStatus check(const ReadContext& ctx, const pb::UpdateMembers& msg) {
  const auto group = kGroups.get(ctx, {msg.group()});
  if (!group) return TxStatus::group_not_found;
  if (!is_admin(*group, msg.sender())) return TxStatus::not_group_admin;
  const pb::Group changed = after(ctx, msg, *group);
  if (changed.members() > std::uint32_t(kMaxMembers)) return TxStatus::too_many_members;
  return check_policy(changed.policy(), changed.total_weight());
}

TxStatus apply(Context& ctx, const pb::UpdateMembers& msg) {
  auto group = *kGroups.get(ctx, {msg.group()});
  for (const auto& member : msg.members()) set_member(ctx, msg.group(), group, member);
  save_changed(ctx, msg.group(), group);
  return TxStatus::ok;
}

}  // namespace

template <>
MessageHandler handler_of<groups::pb::UpdateMembers>() {
  return handler<groups::pb::UpdateMembers>({.base_gas = {5'000}}, {preflight, check, apply});
}

}  // namespace cambium::chain
