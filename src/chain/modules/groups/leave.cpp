// Leave: a member goes, unless the others could then decide nothing any more.
#include "chain/message.hpp"
#include "chain/modules/groups/groups.hpp"

namespace cambium::chain {
namespace {

using namespace groups;

TxStatus preflight(const pb::Leave& msg) {
  return msg.group() == 0 ? TxStatus::field_out_of_range : TxStatus::ok;
}

TxStatus check(const ReadContext& ctx, const pb::Leave& msg) {
  const auto group = kGroups.get(ctx, {msg.group()});
  if (!group) return TxStatus::group_not_found;
  const auto member = kMembers.get(ctx, {msg.group(), to_address(msg.sender())});
  if (!member) return TxStatus::not_a_member;
  return check_policy(group->policy(), group->total_weight() - member->weight());
}

TxStatus apply(Context& ctx, const pb::Leave& msg) {
  auto group = *kGroups.get(ctx, {msg.group()});
  pb::Member gone;
  gone.set_account(msg.sender());
  set_member(ctx, msg.group(), group, gone);
  save_changed(ctx, msg.group(), group);
  return TxStatus::ok;
}

}  // namespace

template <>
MessageHandler handler_of<groups::pb::Leave>() {
  return handler<groups::pb::Leave>({.base_gas = {2'000}}, {preflight, check, apply});
}

}  // namespace cambium::chain
