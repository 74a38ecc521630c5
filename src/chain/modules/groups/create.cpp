// Create: a new group, with its account.
#include "chain/message.hpp"
#include "chain/modules/groups/groups.hpp"

namespace cambium::chain {
namespace {

using namespace groups;

std::uint64_t weight_of(const pb::Create& msg) {
  std::uint64_t sum = 0;
  for (const auto& member : msg.members()) sum += member.weight();
  return sum;
}

TxStatus preflight(const pb::Create& msg) {
  if (!msg.admin().empty() && !is_address(msg.admin())) return TxStatus::bad_address;
  if (msg.title().empty()) return TxStatus::field_out_of_range;
  if (msg.title().size() > kMaxTitleBytes) return TxStatus::field_too_long;
  TRY_TX(preflight_members(msg.members()));
  for (const auto& member : msg.members()) {
    if (member.weight() == 0) return TxStatus::field_out_of_range;
  }
  return preflight_policy(msg.policy());
}

TxStatus check(const ReadContext&, const pb::Create& msg) {
  return check_policy(msg.policy(), weight_of(msg));
}

TxStatus apply(Context& ctx, const pb::Create& msg) {
  auto totals = kGroupTotals.get_or_default(ctx, {});
  totals.set_last_group(totals.last_group() + 1);
  kGroupTotals.put(ctx, {}, totals);
  const std::uint64_t id = totals.last_group();
  const Address account = group_account(id);
  pb::Group group;
  group.set_title(msg.title());
  group.set_account(to_field(account));
  group.set_admin(msg.admin().empty() ? group.account() : msg.admin());
  *group.mutable_policy() = msg.policy();
  group.set_created_ms(ctx.block().time.value);
  for (const auto& member : msg.members()) set_member(ctx, id, group, member);
  ctx.emit("groups.created", {{"group", std::to_string(id)},
                              {"account", account.text()},
                              {"title", msg.title()}});
  save_changed(ctx, id, group);
  return TxStatus::ok;
}

}  // namespace

template <>
MessageHandler handler_of<groups::pb::Create>() {
  return handler<groups::pb::Create>({.base_gas = {10'000}}, {preflight, check, apply});
}

}  // namespace cambium::chain
