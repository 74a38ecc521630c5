#include "chain/modules/accounts/recovery.hpp"

#include <algorithm>

#include "chain/key_proto.hpp"

namespace cambium::chain::accounts {

TxStatus preflight_recovery(const RecoveryPlan& plan) {
  if (!is_address(plan.account)) return TxStatus::bad_address;
  return is_well_formed(plan.new_key) ? TxStatus::ok : TxStatus::field_out_of_range;
}

TxStatus check_guardian(const ReadContext& ctx, const GuardianOf& who) {
  const auto set = guardians_of(ctx, who.account);
  if (!set) return TxStatus::no_guardians;
  const auto& all = set->guardians();
  const bool there = std::find(all.begin(), all.end(), to_field(who.guardian)) != all.end();
  return there ? TxStatus::ok : TxStatus::not_a_guardian;
}

void approve(Context& ctx, const GuardianOf& who, pb::Recovery recovery) {
  auto& approvals = *recovery.mutable_approvals();
  approvals.Add(to_field(who.guardian));
  std::sort(approvals.begin(), approvals.end());
  const auto set = guardians_of(ctx, who.account);
  const auto enough = static_cast<std::uint32_t>(approvals.size()) >= set->threshold();
  if (enough && recovery.ready_ms() == 0) {
    recovery.set_ready_ms(ctx.block().time.value + set->delay_ms());
  }
  kRecoveries.put(ctx, {who.account}, recovery);
  ctx.emit("accounts.recovery_approved", {{"account", who.account.text()},
                                          {"guardian", who.guardian.text()},
                                          {"approvals", std::to_string(approvals.size())},
                                          {"ready_ms", std::to_string(recovery.ready_ms())}});
}

}  // namespace cambium::chain::accounts
