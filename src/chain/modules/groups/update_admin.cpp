// UpdateAdmin: the admin hands the group over, to another account or to the group itself.
#include "chain/message.hpp"
#include "chain/modules/groups/groups.hpp"

namespace cambium::chain {
namespace {

using namespace groups;

TxStatus preflight(const pb::UpdateAdmin& msg) {
  if (msg.group() == 0) return TxStatus::field_out_of_range;
  return msg.admin().empty() || is_address(msg.admin()) ? TxStatus::ok : TxStatus::bad_address;
}

TxStatus check(const ReadContext& ctx, const pb::UpdateAdmin& msg) {
  const auto group = kGroups.get(ctx, {msg.group()});
  if (!group) return TxStatus::group_not_found;
  return is_admin(*group, msg.sender()) ? TxStatus::ok : TxStatus::not_group_admin;
}

TxStatus apply(Context& ctx, const pb::UpdateAdmin& msg) {
  auto group = *kGroups.get(ctx, {msg.group()});
  group.set_admin(msg.admin().empty() ? group.account() : msg.admin());
  kGroups.put(ctx, {msg.group()}, group);
  ctx.emit("groups.admin_changed", {{"group", std::to_string(msg.group())},
                                    {"admin", to_address(group.admin()).text()}});
  return TxStatus::ok;
}

}  // namespace

template <>
MessageHandler handler_of<groups::pb::UpdateAdmin>() {
  return handler<groups::pb::UpdateAdmin>({.base_gas = {2'000}}, {preflight, check, apply});
}

}  // namespace cambium::chain
