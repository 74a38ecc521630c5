// What stake and tiers decide; emergencies are in acts.cpp.
#include "chain/dispatch.hpp"
#include "chain/modules/governance/actions/actions.hpp"
#include "chain/modules/governance/actions/acts.hpp"
#include "chain/modules/governance/params.hpp"
#include "chain/modules/nodes/nodes.hpp"
#include "chain/params.hpp"
#include "chain/records.hpp"
#include "chain/upgrade.hpp"

namespace cambium::chain::governance {
namespace {

constexpr std::uint64_t kFailedAuditCosts = kNano / 10;  // of reputation

chain::ParamChange to_change(const pb::ParamChange& change) {
  return {change.module(), change.field(), change.value_json()};
}

Dispatch to_dispatch(const pb::Action& action) {
  return {governance_account(), as_bytes(action.message())};
}

TxStatus check_upgrade(const ReadContext& ctx, const pb::UpgradePlan& plan) {
  const auto notice = kGovernanceParams.get_or_default(ctx, {}).upgrade_notice_blocks();
  if (plan.height() <= ctx.block().height.value + notice) return TxStatus::upgrade_height_passed;
  return plan.rules_version() > kParams.get_or_default(ctx, {}).rules_version()
             ? TxStatus::ok
             : TxStatus::upgrade_version_too_low;
}

TxStatus plan_upgrade(Context& ctx, const pb::UpgradePlan& plan) {
  TRY_TX(check_upgrade(ctx, plan));
  v1::Upgrade upgrade;
  upgrade.set_name(plan.name());
  upgrade.set_height(plan.height());
  upgrade.set_rules_version(plan.rules_version());
  upgrade.set_info(plan.info());
  return schedule_upgrade(ctx, upgrade);
}

TxStatus reset_breaker(Context& ctx, const std::string& name) {
  if (!kBreakers.has(ctx, {name})) return TxStatus::breaker_not_found;
  kBreakers.erase(ctx, {name});
  ctx.emit("governance.breaker_reset", {{"name", name}});
  return TxStatus::ok;
}

TxStatus record_audit(Context& ctx, std::uint64_t proposal, const pb::AuditVerdict& verdict) {
  const Address account = to_address(verdict.account());
  auto node = nodes::kNodes.get(ctx, {account});
  if (!node) return TxStatus::audit_not_needed;
  pb::Audit audit;
  audit.set_passed(verdict.passed());
  audit.set_proposal(proposal);
  audit.set_decided_ms(ctx.block().time.value);
  audit.set_report(verdict.report());
  kAudits.put(ctx, {account}, audit);
  if (!verdict.passed()) {
    const std::uint64_t had = node->reputation_nano();
    node->set_reputation_nano(had > kFailedAuditCosts ? had - kFailedAuditCosts : 0);
    nodes::kNodes.put(ctx, {account}, *node);
  }
  ctx.emit("governance.audited", {{"account", account.text()},
                                  {"passed", verdict.passed() ? "true" : "false"}});
  return TxStatus::ok;
}

TxStatus set_policy(Context& ctx, std::uint64_t proposal, const pb::NodePolicy& wanted) {
  if (wanted.text().empty()) {
    kPolicies.erase(ctx, {wanted.name()});
  } else {
    pb::Policy policy;
    policy.set_text(wanted.text());
    policy.set_proposal(proposal);
    policy.set_since_ms(ctx.block().time.value);
    kPolicies.put(ctx, {wanted.name()}, policy);
  }
  ctx.emit("governance.node_policy", {{"name", wanted.name()}});
  return TxStatus::ok;
}

TxStatus seat_council(Context& ctx, std::uint64_t proposal, const pb::CouncilSeats& seats) {
  pb::Council council;
  *council.mutable_members() = seats.members();
  council.set_proposal(proposal);
  kCouncil.put(ctx, {}, council);
  ctx.emit("governance.council_seated", {{"members", std::to_string(seats.members_size())}});
  return TxStatus::ok;
}

}  // namespace

TxStatus check_action(const ReadContext& ctx, pb::Track track, const pb::Action& action) {
  using A = pb::Action;
  if (!is_allowed(track, action)) return TxStatus::action_not_allowed;
  switch (action.kind_case()) {
    case A::kMessage: return preflight_dispatch(ctx, to_dispatch(action));
    case A::kParam: return try_param(ctx, to_change(action.param())).status;
    case A::kUpgrade: return check_upgrade(ctx, action.upgrade());
    case A::kCancelUpgrade:
      return kUpgrades.has(ctx, {action.cancel_upgrade().height()}) ? TxStatus::ok
                                                                    : TxStatus::upgrade_not_found;
    case A::kBreakerReset:
      return kBreakers.has(ctx, {action.breaker_reset().name()}) ? TxStatus::ok
                                                                 : TxStatus::breaker_not_found;
    case A::kAudit:
      return nodes::kNodes.has(ctx, {to_address(action.audit().account())})
                 ? TxStatus::ok
                 : TxStatus::audit_not_needed;
    case A::kNodePolicy:
    case A::kCouncilSeats: return TxStatus::ok;
    default: return check_act(ctx, track, action);
  }
}

TxStatus run_action(Context& ctx, const pb::Proposal& proposal, const pb::Action& action) {
  using A = pb::Action;
  switch (action.kind_case()) {
    case A::kMessage: {
      const auto limit = kGovernanceParams.get_or_default(ctx, {}).action_gas_limit();
      return run_dispatch(ctx, to_dispatch(action), {limit});
    }
    case A::kParam: return change_param(ctx, to_change(action.param()));
    case A::kUpgrade: return plan_upgrade(ctx, action.upgrade());
    case A::kCancelUpgrade: return cancel_upgrade(ctx, {action.cancel_upgrade().height()});
    case A::kBreakerReset: return reset_breaker(ctx, action.breaker_reset().name());
    case A::kAudit: return record_audit(ctx, proposal.id(), action.audit());
    case A::kNodePolicy: return set_policy(ctx, proposal.id(), action.node_policy());
    case A::kCouncilSeats: return seat_council(ctx, proposal.id(), action.council_seats());
    default: return begin_act(ctx, proposal, action);
  }
}

}  // namespace cambium::chain::governance
