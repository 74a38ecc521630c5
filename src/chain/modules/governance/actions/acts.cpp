#include "chain/modules/governance/actions/acts.hpp"

#include <algorithm>

#include "chain/modules/bank/bank.hpp"
#include "chain/modules/governance/params.hpp"
#include "chain/modules/governance/votes/tally.hpp"
#include "chain/modules/registry.hpp"
#include "chain/modules/rewards/distribute.hpp"
#include "chain/modules/rewards/rewards.hpp"
#include "chain/modules/staking/staking.hpp"
#include "chain/params.hpp"
#include "chain/records.hpp"

namespace cambium::chain::governance {
namespace {

/// Accounts that the kernel itself pays from: frozen, they would stop every transaction.
bool is_kernel_account(const Address& account) {
  constexpr std::string_view kNames[] = {"fees",    "staking_pool",    "staking",
                                         "rewards", "staking_rewards", "governance",
                                         "treasury", "treasury_disputes"};
  return std::ranges::any_of(kNames, [&](auto name) { return account == module_address(name); });
}

std::int64_t wanted_ms(const pb::Action& action) {
  using A = pb::Action;
  switch (action.kind_case()) {
    case A::kPause: return action.pause().duration_ms();
    case A::kValidatorExclusion: return action.validator_exclusion().duration_ms();
    case A::kFreezeAccounts: return action.freeze_accounts().duration_ms();
    case A::kAdjustRewards: return action.adjust_rewards().duration_ms();
    default: return 0;
  }
}

std::int64_t most_ms(const ReadContext& ctx, pb::Track track) {
  return rules_of(kGovernanceParams.get_or_default(ctx, {}), track).lasts_ms;
}

/// Nobody is excluded who does not validate: the number of those kept out counts in every vote.
TxStatus check_exclusion(const ReadContext& ctx, const pb::ValidatorExclusion& exclusion) {
  const auto& accounts = exclusion.validators();
  const bool known = std::ranges::all_of(accounts, [&](const auto& who) {
    const Address validator = to_address(who);
    return staking::is_active(ctx, validator) || is_excluded(ctx, validator);
  });
  return known ? TxStatus::ok : TxStatus::no_voting_power;
}

TxStatus check_pause(const ReadContext& ctx, const pb::Pause& pause) {
  for (const auto& name : pause.messages()) {
    if (name.starts_with("governance.")) return TxStatus::cannot_be_switched_off;
    if (ctx.environment().registry->handler(name) == nullptr) return TxStatus::message_name_unknown;
  }
  return TxStatus::ok;
}

bool has_emission(const ReadContext& ctx) {
  return rewards::kRewardParams.get_or_default(ctx, {}).emission();
}

std::uint64_t mint_cap_ucbm(const ReadContext& ctx) {
  const auto supply = bank::kSupplies.get_or_default(ctx, {bank::kUcbm}).total();
  const auto cap = kGovernanceParams.get_or_default(ctx, {}).emergency_mint_cap_nano();
  return mul_div(supply, cap, kNano).value_or(0);
}

void switch_off(Context& ctx, const std::string& name, const pb::Act& act) {
  auto breaker = kBreakers.get_or_default(ctx, {name});
  const bool for_good = breaker.tripped_height() != 0 && breaker.until_ms() == 0;
  if (for_good || breaker.until_ms() > act.until_ms()) return;  // it is off for longer
  breaker.set_tripped_height(ctx.block().height.value);
  breaker.set_evidence("proposal " + std::to_string(act.proposal()));
  breaker.set_until_ms(act.until_ms());
  kBreakers.put(ctx, {name}, breaker);
}

void freeze(Context& ctx, const Address& account, const pb::Act& act) {
  auto frozen = kFrozen.get_or_default(ctx, {account});
  frozen.set_tripped_height(ctx.block().height.value);
  frozen.set_evidence("proposal " + std::to_string(act.proposal()));
  frozen.set_until_ms(std::max(frozen.until_ms(), act.until_ms()));
  kFrozen.put(ctx, {account}, frozen);
}

void exclude(Context& ctx, const Address& validator, const pb::Act& act) {
  pb::Until until;
  until.set_until_ms(std::max(kExcluded.get_or_default(ctx, {validator}).until_ms(),
                              act.until_ms()));
  kExcluded.put(ctx, {validator}, until);
}

TxStatus adjust(Context& ctx, pb::Act& act) {
  for (const auto& change : act.action().adjust_rewards().params()) {
    const chain::ParamChange wanted{change.module(), change.field(), change.value_json()};
    const auto verdict = try_param(ctx, wanted);
    TRY_TX(change_param(ctx, wanted));
    auto* back = act.add_restore();
    back->set_module(change.module());
    back->set_field(change.field());
    back->set_value_json(verdict.before_json);
  }
  return TxStatus::ok;
}

/// A later act changed the same field over ours: what it will put back is what we would have.
void hand_down(Context& ctx, const pb::ParamChange& back, const std::string& ours) {
  std::vector<std::pair<std::uint64_t, pb::Act>> later;
  kActs.scan(ctx, kActs.prefix(), [&](const auto& key, const pb::Act& act) {
    later.emplace_back(std::get<0>(key), act);
    return ScanStep::next;
  });
  for (auto& [id, act] : later) {
    for (auto& theirs : *act.mutable_restore()) {
      if (theirs.module() != back.module() || theirs.field() != back.field()) continue;
      if (theirs.value_json() != ours) continue;
      theirs.set_value_json(back.value_json());
      kActs.put(ctx, {id}, act);
    }
  }
}

/// A value that a vote of the stake changed meanwhile is not ours to put back.
void restore(Context& ctx, const pb::Act& act) {
  const auto& set = act.action().adjust_rewards().params();
  for (int i = act.restore_size(); i-- > 0;) {
    const auto& back = act.restore(i);
    const auto verdict = try_param(ctx, {back.module(), back.field(), set[i].value_json()});
    if (verdict.before_json == verdict.after_json) {
      (void)change_param(ctx, {back.module(), back.field(), back.value_json()});
    } else {
      hand_down(ctx, back, verdict.after_json);
    }
  }
}

TxStatus mint(Context& ctx, const pb::EmergencyMint& wanted) {
  if (wanted.amount_ucbm() > mint_cap_ucbm(ctx)) return TxStatus::mint_cap_reached;
  const Address to = wanted.to().empty() ? module_address("treasury") : to_address(wanted.to());
  const auto minted = rewards::mint_within_cap(ctx, to, wanted.amount_ucbm());
  return minted == wanted.amount_ucbm() ? TxStatus::ok : TxStatus::mint_cap_reached;
}

void certify(Context& ctx, std::uint64_t id, const pb::Act& act) {
  pb::Order order;
  order.set_proposal(act.proposal());
  *order.mutable_action() = act.action();
  order.set_certified_height(ctx.block().height.value);
  order.set_until_ms(act.until_ms());
  for (const auto& validator : count_validators(ctx, act.proposal()).in_favour) {
    order.add_validators(to_field(validator));
  }
  kOrders.put(ctx, {id}, order);
  ctx.emit("governance.order", {{"act", std::to_string(id)},
                                {"proposal", std::to_string(act.proposal())},
                                {"validators", std::to_string(order.validators_size())}});
}

TxStatus apply_act(Context& ctx, std::uint64_t id, pb::Act& act) {
  using A = pb::Action;
  const auto& action = act.action();
  switch (action.kind_case()) {
    case A::kPause:
      if (action.pause().messages().empty()) switch_off(ctx, kPauseAll, act);
      for (const auto& name : action.pause().messages()) switch_off(ctx, name, act);
      return TxStatus::ok;
    case A::kValidatorExclusion:
      for (const auto& who : action.validator_exclusion().validators()) {
        exclude(ctx, to_address(who), act);
      }
      return TxStatus::ok;
    case A::kFreezeAccounts:
      for (const auto& who : action.freeze_accounts().accounts()) freeze(ctx, to_address(who), act);
      return TxStatus::ok;
    case A::kAdjustRewards: return adjust(ctx, act);
    case A::kEmergencyMint: return mint(ctx, action.emergency_mint());
    default: certify(ctx, id, act); return TxStatus::ok;
  }
}

/// Erases a record whose time is over; one that another act made last longer stays.
template <class Table, class Key>
void erase_if_over(Context& ctx, const Table& table, const Key& key) {
  const auto record = table.get(ctx, {key});
  const bool timed = record && record->until_ms() != 0;
  if (timed && record->until_ms() <= ctx.block().time.value) table.erase(ctx, {key});
}

}  // namespace

TxStatus check_act(const ReadContext& ctx, pb::Track track, const pb::Action& action) {
  using A = pb::Action;
  if (wanted_ms(action) > most_ms(ctx, track)) return TxStatus::lasts_too_long;
  switch (action.kind_case()) {
    case A::kPause: return check_pause(ctx, action.pause());
    case A::kValidatorExclusion: return check_exclusion(ctx, action.validator_exclusion());
    case A::kFreezeAccounts: {
      const auto& accounts = action.freeze_accounts().accounts();
      const bool kernels = std::ranges::any_of(
          accounts, [](const auto& who) { return is_kernel_account(to_address(who)); });
      return kernels ? TxStatus::cannot_be_switched_off : TxStatus::ok;
    }
    case A::kAdjustRewards:
      if (!has_emission(ctx)) return TxStatus::rewards_not_here;
      for (const auto& change : action.adjust_rewards().params()) {
        TRY_TX(try_param(ctx, {change.module(), change.field(), change.value_json()}).status);
      }
      return TxStatus::ok;
    case A::kEmergencyMint:
      if (!has_emission(ctx)) return TxStatus::rewards_not_here;
      return action.emergency_mint().amount_ucbm() > mint_cap_ucbm(ctx)
                 ? TxStatus::mint_cap_reached
                 : TxStatus::ok;
    default: return TxStatus::ok;
  }
}

TxStatus begin_act(Context& ctx, const pb::Proposal& proposal, const pb::Action& action) {
  TRY_TX(check_act(ctx, proposal.track(), action));
  auto totals = kTotals.get_or_default(ctx, {});
  const std::uint64_t id = totals.last_act() + 1;
  totals.set_last_act(id);
  kTotals.put(ctx, {}, totals);

  const std::int64_t wanted = wanted_ms(action);
  const std::int64_t lasts = wanted == 0 ? most_ms(ctx, proposal.track()) : wanted;
  pb::Act act;
  act.set_proposal(proposal.id());
  *act.mutable_action() = action;
  act.set_since_ms(ctx.block().time.value);
  act.set_until_ms(act.since_ms() + lasts);
  TRY_TX(apply_act(ctx, id, act));
  kActs.put(ctx, {id}, act);
  pb::Due due;
  due.set_act(id);
  remember_due(ctx, {act.until_ms()}, due);
  ctx.emit("governance.act_began", {{"act", std::to_string(id)},
                                    {"proposal", std::to_string(proposal.id())},
                                    {"until_ms", std::to_string(act.until_ms())}});
  return TxStatus::ok;
}

void end_act(Context& ctx, std::uint64_t id) {
  const auto act = kActs.get(ctx, {id});
  if (!act) return;
  const auto& action = act->action();
  if (action.has_pause() && action.pause().messages().empty()) {
    erase_if_over(ctx, kBreakers, kPauseAll);
  }
  for (const auto& name : action.pause().messages()) erase_if_over(ctx, kBreakers, name);
  for (const auto& who : action.validator_exclusion().validators()) {
    erase_if_over(ctx, kExcluded, to_address(who));
  }
  for (const auto& who : action.freeze_accounts().accounts()) {
    erase_if_over(ctx, kFrozen, to_address(who));
  }
  kActs.erase(ctx, {id});
  restore(ctx, *act);
  if (kOrders.has(ctx, {id})) kOrders.erase(ctx, {id});
  ctx.emit("governance.act_ended", {{"act", std::to_string(id)}});
}

}  // namespace cambium::chain::governance
