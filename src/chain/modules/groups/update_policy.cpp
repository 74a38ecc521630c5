// UpdatePolicy: the admin changes how the group decides.
#include "chain/message.hpp"
#include "chain/modules/groups/groups.hpp"

namespace cambium::chain {
namespace {

using namespace groups;

TxStatus preflight(const pb::UpdatePolicy& msg) {
  if (msg.group() == 0) return TxStatus::field_out_of_range;
  if (msg.title().size() > kMaxTitleBytes) return TxStatus::field_too_long;
  return preflight_policy(msg.policy());
}

TxStatus check(const ReadContext& ctx, const pb::UpdatePolicy& msg) {
  const auto group = kGroups.get(ctx, {msg.group()});
  if (!group) return TxStatus::group_not_found;
  if (!is_admin(*group, msg.sender())) return TxStatus::not_group_admin;
  return check_policy(msg.policy(), group->total_weight());
}

TxStatus apply(Context& ctx, const pb::UpdatePolicy& msg) {
  auto group = *kGroups.get(ctx, {msg.group()});
  *group.mutable_policy() = msg.policy();
  if (!msg.title().empty()) group.set_title(msg.title());
  save_changed(ctx, msg.group(), group);
  return TxStatus::ok;
}

}  // namespace

template <>
MessageHandler handler_of<groups::pb::UpdatePolicy>() {
  return handler<groups::pb::UpdatePolicy>({.base_gas = {5'000}}, {preflight, check, apply});
}

}  // namespace cambium::chain
