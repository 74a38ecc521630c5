#include "chain/modules/staking/stake.hpp"

#include <algorithm>

#include "base/check.hpp"
#include "chain/modules/staking/accrual.hpp"

namespace cambium::chain::staking {
namespace {

Bytes candidate_key(const Address& who, const pb::Validator& validator) {
  return kCandidates.key({UINT64_MAX - power_of(validator.tokens_ucbm()), who});
}

std::uint64_t still_locked(const pb::Delegation& delegation, TimeMs now) {
  std::uint64_t sum = 0;
  for (const auto& lock : delegation.locks()) {
    if (lock.until_ms() > now.value) sum += lock.amount_ucbm();
  }
  return sum;
}

/// Keeps the list short: what has ended goes, and beyond 16 the newest two become one.
void add_lock(pb::Delegation& delegation, std::uint64_t amount_ucbm, TimeMs now, TimeMs until) {
  constexpr int kMostLocks = 16;
  auto& locks = *delegation.mutable_locks();
  while (!locks.empty() && locks[0].until_ms() <= now.value) locks.erase(locks.begin());
  if (locks.size() < kMostLocks) {
    locks.Add();
    locks[locks.size() - 1].set_amount_ucbm(0);
  }
  auto& last = locks[locks.size() - 1];
  last.set_amount_ucbm(last.amount_ucbm() + amount_ucbm);
  last.set_until_ms(std::max(last.until_ms(), until.value));
}

}  // namespace

std::uint64_t worth(const pb::Validator& validator, std::uint64_t shares) {
  return mul_div(shares, validator.tokens_ucbm(), validator.shares()).value_or(0);
}

std::uint64_t self_bond(const ReadContext& ctx, const Address& operator_account,
                        const pb::Validator& validator) {
  const auto own = kDelegations.get_or_default(ctx, {operator_account, operator_account});
  return worth(validator, own.shares());
}

Level level_for(const pb::Params& params, std::uint64_t self_bond_ucbm) {
  if (self_bond_ucbm >= params.supernode_ucbm()) return Level::supernode;
  if (self_bond_ucbm >= params.validator_ucbm()) return Level::validator;
  return self_bond_ucbm >= params.entry_ucbm() ? Level::entry : Level::none;
}

void save(Context& ctx, const Address& operator_account, const pb::Validator& validator) {
  const auto params = kStakingParams.get_or_default(ctx, {});
  const bool stands = !validator.jailed() && power_of(validator.tokens_ucbm()) > 0 &&
                      self_bond(ctx, operator_account, validator) >= params.validator_ucbm();
  const Bytes wanted = candidate_key(operator_account, validator);
  if (const auto before = kValidators.get(ctx, {operator_account})) {
    const Bytes old = candidate_key(operator_account, *before);
    if ((!stands || old != wanted) && ctx.has(old)) ctx.erase(old);
  }
  if (stands && !ctx.has(wanted)) ctx.put(wanted, encode_record(pb::Candidate{}));
  kValidators.put(ctx, {operator_account}, validator);
}

TxStatus add_stake(Context& ctx, const Bond& bond) {
  auto validator = kValidators.get_or_default(ctx, {bond.validator});
  auto delegation = kDelegations.get_or_default(ctx, {bond.account, bond.validator});
  settle(validator, delegation);
  std::optional<std::uint64_t> shares = bond.amount_ucbm;
  if (validator.shares() != 0) {
    if (validator.tokens_ucbm() == 0) return TxStatus::validator_worthless;
    shares = mul_div(bond.amount_ucbm, validator.shares(), validator.tokens_ucbm());
  }
  if (!shares || *shares > UINT64_MAX - validator.shares()) return TxStatus::balance_overflow;
  validator.set_shares(validator.shares() + *shares);
  validator.set_tokens_ucbm(validator.tokens_ucbm() + bond.amount_ucbm);
  delegation.set_shares(delegation.shares() + *shares);
  if (bond.account == bond.validator) {
    const TimeMs now = ctx.block().time;
    const auto params = kStakingParams.get_or_default(ctx, {});
    add_lock(delegation, bond.amount_ucbm, now, {now.value + params.lock_ms()});
  }
  kDelegations.put(ctx, {bond.account, bond.validator}, delegation);
  save(ctx, bond.validator, validator);
  return TxStatus::ok;
}

void remove_stake(Context& ctx, const Bond& bond) {
  auto validator = kValidators.get_or_default(ctx, {bond.validator});
  auto delegation = kDelegations.get_or_default(ctx, {bond.account, bond.validator});
  settle(validator, delegation);
  const u128 scaled = u128(bond.amount_ucbm) * validator.shares();
  const u128 tokens = validator.tokens_ucbm();
  CHECK(tokens != 0 && bond.amount_ucbm <= worth(validator, delegation.shares()),
        "more stake was taken away than there is");
  const auto shares = std::uint64_t((scaled + tokens - 1) / tokens);
  validator.set_tokens_ucbm(validator.tokens_ucbm() - bond.amount_ucbm);
  validator.set_shares(validator.shares() - shares);
  delegation.set_shares(delegation.shares() - shares);
  if (delegation.shares() != 0 && worth(validator, delegation.shares()) == 0) {
    // Dust that no amount can name any more is left to the others.
    validator.set_shares(validator.shares() - delegation.shares());
    delegation.set_shares(0);
  }
  // What cannot be paid now, because an emergency froze the coins, is still owed.
  if (delegation.shares() == 0 && pay(ctx, bond.account, validator, delegation) == TxStatus::ok) {
    kDelegations.erase(ctx, {bond.account, bond.validator});
  } else {
    kDelegations.put(ctx, {bond.account, bond.validator}, delegation);
  }
  save(ctx, bond.validator, validator);
}

std::uint64_t Freedom::free_ucbm() const {
  // An operator's redelegated coins are locked too, for longer; they count once.
  const std::uint64_t bound = std::max(locked_ucbm, redelegated_ucbm);
  return worth_ucbm > bound ? worth_ucbm - bound : 0;
}

Freedom freedom(const ReadContext& ctx, const Address& account, const Address& validator) {
  const auto delegation = kDelegations.get_or_default(ctx, {account, validator});
  Freedom out;
  out.worth_ucbm = worth(kValidators.get_or_default(ctx, {validator}), delegation.shares());
  out.locked_ucbm = still_locked(delegation, ctx.block().time);
  kRedelegations.scan(ctx, kRedelegations.prefix(account, validator),
                      [&](const auto&, const pb::Redelegation& item) {
                        out.redelegated_ucbm += item.amount_ucbm();
                        return ScanStep::next;
                      });
  return out;
}

TxStatus check_removable(const ReadContext& ctx, const Bond& bond) {
  if (!kDelegations.has(ctx, {bond.account, bond.validator})) {
    return TxStatus::delegation_not_found;
  }
  const Freedom freedom = staking::freedom(ctx, bond.account, bond.validator);
  if (bond.amount_ucbm > freedom.worth_ucbm) return TxStatus::delegation_too_small;
  if (bond.amount_ucbm <= freedom.free_ucbm()) return TxStatus::ok;
  return freedom.locked_ucbm >= freedom.redelegated_ucbm ? TxStatus::stake_locked
                                                         : TxStatus::redelegation_in_progress;
}

}  // namespace cambium::chain::staking
