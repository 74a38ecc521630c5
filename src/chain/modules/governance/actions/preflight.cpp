// The form of actions; no state is seen.
#include <algorithm>

#include "chain/modules/governance/actions/actions.hpp"
#include "chain/params.hpp"

namespace cambium::chain::governance {
namespace {

bool is_name(const std::string& text) { return !text.empty() && text.size() <= kMaxNameBytes; }
bool is_note(const std::string& text) { return text.size() <= 256; }

template <class List>
TxStatus ascending_accounts(const List& accounts, int least) {
  if (accounts.size() < least || std::size_t(accounts.size()) > kMaxListItems) {
    return TxStatus::field_out_of_range;
  }
  if (!std::ranges::all_of(accounts, is_address)) return TxStatus::bad_address;
  const bool ascending = std::ranges::adjacent_find(accounts, std::greater_equal<>{}) ==
                         accounts.end();
  return ascending ? TxStatus::ok : TxStatus::field_out_of_range;
}

TxStatus preflight_param(const pb::ParamChange& change) {
  if (!is_name(change.module()) || !is_name(change.field()) || change.value_json().empty()) {
    return TxStatus::field_out_of_range;
  }
  return change.value_json().size() > kMaxParamJsonBytes ? TxStatus::field_too_long : TxStatus::ok;
}

TxStatus preflight_upgrade(const pb::UpgradePlan& plan) {
  if (!is_name(plan.name()) || !is_note(plan.info())) return TxStatus::field_too_long;
  return plan.height() == 0 || plan.rules_version() == 0 ? TxStatus::field_out_of_range
                                                         : TxStatus::ok;
}

TxStatus preflight_pause(const pb::Pause& pause) {
  if (std::size_t(pause.messages_size()) > kMaxListItems) return TxStatus::field_too_long;
  if (!std::ranges::all_of(pause.messages(), is_name)) return TxStatus::field_too_long;
  return pause.duration_ms() < 0 ? TxStatus::field_out_of_range : TxStatus::ok;
}

/// Amounts and shares only: an emergency may not name other accounts or clients.
bool is_number_of_rewards(const pb::ParamChange& change) {
  const auto& field = change.field();
  return change.module() == "rewards" && (field.ends_with("_ucbm") || field.ends_with("_nano"));
}

TxStatus preflight_adjust(const pb::AdjustRewards& adjust) {
  if (adjust.params().empty() || adjust.params_size() > kMaxActions || adjust.duration_ms() < 0) {
    return TxStatus::field_out_of_range;
  }
  for (const auto& change : adjust.params()) {
    if (!is_number_of_rewards(change)) return TxStatus::field_out_of_range;
    TRY_TX(preflight_param(change));
  }
  return TxStatus::ok;
}

TxStatus preflight_policy(const pb::NodePolicy& policy) {
  return is_name(policy.name()) && policy.text().size() <= kMaxPolicyBytes
             ? TxStatus::ok
             : TxStatus::field_too_long;
}

TxStatus preflight_audit(const pb::AuditVerdict& audit) {
  if (!is_address(audit.account())) return TxStatus::bad_address;
  return is_note(audit.report()) ? TxStatus::ok : TxStatus::field_too_long;
}

TxStatus preflight_mint(const pb::EmergencyMint& mint) {
  if (!mint.to().empty() && !is_address(mint.to())) return TxStatus::bad_address;
  return mint.amount_ucbm() == 0 ? TxStatus::bad_amount : TxStatus::ok;
}

TxStatus preflight_accounts_until(const auto& accounts, std::int64_t duration_ms) {
  if (duration_ms < 0) return TxStatus::field_out_of_range;
  return ascending_accounts(accounts, 1);
}

TxStatus in_range(bool fine) { return fine ? TxStatus::ok : TxStatus::field_out_of_range; }

}  // namespace

TxStatus preflight_action(const pb::Action& action) {
  using A = pb::Action;
  switch (action.kind_case()) {
    case A::kMessage:
      return action.message().size() > kMaxMessageBytes ? TxStatus::field_too_long
                                                        : in_range(!action.message().empty());
    case A::kParam: return preflight_param(action.param());
    case A::kUpgrade: return preflight_upgrade(action.upgrade());
    case A::kCancelUpgrade: return in_range(action.cancel_upgrade().height() > 0);
    case A::kBreakerReset: return in_range(is_name(action.breaker_reset().name()));
    case A::kAudit: return preflight_audit(action.audit());
    case A::kNodePolicy: return preflight_policy(action.node_policy());
    case A::kCouncilSeats: return ascending_accounts(action.council_seats().members(), 0);
    case A::kPause: return preflight_pause(action.pause());
    case A::kRollback:
      return in_range(action.rollback().height() > 0 && is_name(action.rollback().chain_id()));
    case A::kValidatorExclusion: {
      const auto& exclusion = action.validator_exclusion();
      return preflight_accounts_until(exclusion.validators(), exclusion.duration_ms());
    }
    case A::kConsensusReset: return in_range(action.consensus_reset().height() > 0);
    case A::kCheckpoint:
      return is_hash(action.checkpoint().block_hash()) ? TxStatus::ok : TxStatus::bad_hash;
    case A::kFreezeAccounts: {
      const auto& freeze = action.freeze_accounts();
      return preflight_accounts_until(freeze.accounts(), freeze.duration_ms());
    }
    case A::kAdjustRewards: return preflight_adjust(action.adjust_rewards());
    case A::kEmergencyMint: return preflight_mint(action.emergency_mint());
    case A::KIND_NOT_SET: break;
  }
  return TxStatus::field_out_of_range;
}

bool is_allowed(pb::Track track, const pb::Action& action) {
  using A = pb::Action;
  switch (action.kind_case()) {
    case A::kMessage:
    case A::kParam:
    case A::kUpgrade:
    case A::kCancelUpgrade: return track == pb::TRACK_STAKE;
    // Stake may close a breaker for good; validators may end their own pause early.
    case A::kBreakerReset: return track == pb::TRACK_STAKE || track == pb::TRACK_SECURITY;
    case A::kAudit:
    case A::kNodePolicy:
    case A::kCouncilSeats: return track == pb::TRACK_TIER;
    case A::kPause:
    case A::kRollback:
    case A::kValidatorExclusion: return track == pb::TRACK_SECURITY;
    case A::kConsensusReset:
    case A::kCheckpoint: return track == pb::TRACK_CONSENSUS;
    case A::kFreezeAccounts:
    case A::kAdjustRewards:
    case A::kEmergencyMint: return track == pb::TRACK_ECONOMIC;
    case A::KIND_NOT_SET: break;
  }
  return false;
}

}  // namespace cambium::chain::governance
