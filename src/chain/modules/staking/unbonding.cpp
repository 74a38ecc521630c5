#include "chain/modules/staking/unbonding.hpp"

#include <algorithm>

#include "base/check.hpp"
#include "chain/modules/bank/bank.hpp"

namespace cambium::chain::staking {
namespace {

std::uint64_t next_id(Context& ctx) {
  auto counters = kCounters.get_or_default(ctx, {});
  counters.set_last_id(counters.last_id() + 1);
  kCounters.put(ctx, {}, counters);
  return counters.last_id();
}

std::int64_t matures_ms(const ReadContext& ctx) {
  return ctx.block().time.value + kStakingParams.get_or_default(ctx, {}).unbonding_ms();
}

template <class Entries>
TxStatus check_room(const ReadContext& ctx, const Entries& entries, const Bond& bond) {
  std::uint32_t count = 0;
  entries.scan(ctx, entries.prefix(bond.account, bond.validator), [&](const auto&, const auto&) {
    ++count;
    return ScanStep::next;
  });
  const auto most = kStakingParams.get_or_default(ctx, {}).max_entries();
  return count < most ? TxStatus::ok : TxStatus::too_many_entries;
}

struct Timer {
  std::int64_t matures_ms = 0;
  std::uint64_t id = 0;
};
void enqueue(Context& ctx, const Timer& timer, pb::Maturing::Kind kind, const Bond& bond) {
  pb::Maturing item;
  item.set_kind(kind);
  item.set_account(to_field(bond.account));
  item.set_validator(to_field(bond.validator));
  kQueue.put(ctx, {std::uint64_t(timer.matures_ms), timer.id}, item);
}

void burn_stake(Context& ctx, std::uint64_t amount_ucbm) {
  const auto burnt = bank::burn(ctx, stake_account(), bank::coin(amount_ucbm));
  CHECK(burnt == TxStatus::ok, "the stake account holds what unbonds, and the step may burn");
}

void end_unbonding(Context& ctx, const Bond& bond, std::uint64_t id) {
  const auto entry = kUnbondings.get(ctx, {bond.account, bond.validator, id});
  if (!entry) return;  // cancelled in full
  const std::uint64_t left = left_after_slashes(ctx, bond.validator, *entry);
  burn_stake(ctx, entry->balance_ucbm() - left);
  const auto paid = bank::transfer(ctx, {stake_account(), bond.account, bank::coin(left)});
  CHECK(paid == TxStatus::ok, "the stake account holds what unbonds");
  kUnbondings.erase(ctx, {bond.account, bond.validator, id});
  ctx.emit("staking.unbonded", {{"account", bond.account.text()},
                                {"validator", bond.validator.text()},
                                {"amount_ucbm", std::to_string(left)}});
}

void end_redelegation(Context& ctx, const Bond& bond, std::uint64_t id) {
  const auto entry = kRedelegations.get(ctx, {bond.account, bond.validator, id});
  if (!entry) return;
  kRedelegations.erase(ctx, {bond.account, bond.validator, id});
  const std::uint64_t left = left_after_slashes(
      ctx, {to_address(entry->from()), entry->amount_ucbm(), entry->height(),
            entry->slashes_seen()});
  const std::uint64_t there = freedom(ctx, bond.account, bond.validator).worth_ucbm;
  const std::uint64_t lost = std::min(entry->amount_ucbm() - left, there);
  if (lost == 0) return;
  remove_stake(ctx, {bond.account, bond.validator, lost});
  burn_stake(ctx, lost);
  ctx.emit("staking.redelegation_slashed", {{"account", bond.account.text()},
                                            {"validator", bond.validator.text()},
                                            {"amount_ucbm", std::to_string(lost)}});
}

/// An entry ends once its time has passed, not in the very moment: evidence that is just young
/// enough is punished in the same block, after this step.
Bytes mature(Context& ctx, ByteView) {
  using Item = std::pair<decltype(kQueue)::Key, pb::Maturing>;
  std::vector<Item> due;
  kQueue.scan(ctx, kQueue.prefix(), [&](const auto& key, const pb::Maturing& item) {
    if (std::int64_t(std::get<0>(key)) >= ctx.block().time.value) return ScanStep::stop;
    due.emplace_back(key, item);
    return due.size() < kMaxBlockEndEntries ? ScanStep::next : ScanStep::stop;
  });
  // An emergency act may have frozen the account; what is due waits until that expires.
  if (due.empty() || bank::spendable(ctx, {stake_account()}) == 0) return {};
  for (const auto& [key, item] : due) {
    const Bond bond{to_address(item.account()), to_address(item.validator()), 0};
    kQueue.erase(ctx, key);
    if (item.kind() == pb::Maturing::UNBONDING) {
      end_unbonding(ctx, bond, std::get<1>(key));
    } else {
      end_redelegation(ctx, bond, std::get<1>(key));
    }
  }
  return {};
}

}  // namespace

TxStatus check_unbondings(const ReadContext& ctx, const Bond& bond) {
  return check_room(ctx, kUnbondings, bond);
}

TxStatus check_redelegations(const ReadContext& ctx, const Bond& bond) {
  return check_room(ctx, kRedelegations, bond);
}

std::uint64_t start_unbonding(Context& ctx, const Bond& bond) {
  remove_stake(ctx, bond);
  const Timer timer{matures_ms(ctx), next_id(ctx)};
  pb::Unbonding entry;
  entry.set_balance_ucbm(bond.amount_ucbm);
  entry.set_height(ctx.block().height.value);
  entry.set_slashes_seen(kValidators.get_or_default(ctx, {bond.validator}).slashes());
  entry.set_matures_ms(timer.matures_ms);
  kUnbondings.put(ctx, {bond.account, bond.validator, timer.id}, entry);
  enqueue(ctx, timer, pb::Maturing::UNBONDING, bond);
  ctx.emit("staking.unbonding", {{"account", bond.account.text()},
                                 {"validator", bond.validator.text()},
                                 {"amount_ucbm", std::to_string(bond.amount_ucbm)},
                                 {"id", std::to_string(timer.id)},
                                 {"matures_ms", std::to_string(timer.matures_ms)}});
  return timer.id;
}

TxStatus redelegate(Context& ctx, const Move& move) {
  remove_stake(ctx, {move.account, move.from, move.amount_ucbm});
  const Bond there{move.account, move.to, move.amount_ucbm};
  TRY_TX(add_stake(ctx, there));
  const Timer timer{matures_ms(ctx), next_id(ctx)};
  pb::Redelegation entry;
  entry.set_from(to_field(move.from));
  entry.set_amount_ucbm(move.amount_ucbm);
  entry.set_height(ctx.block().height.value);
  entry.set_slashes_seen(kValidators.get_or_default(ctx, {move.from}).slashes());
  entry.set_matures_ms(timer.matures_ms);
  kRedelegations.put(ctx, {move.account, move.to, timer.id}, entry);
  enqueue(ctx, timer, pb::Maturing::REDELEGATION, there);
  ctx.emit("staking.redelegated", {{"account", move.account.text()},
                                   {"from", move.from.text()},
                                   {"to", move.to.text()},
                                   {"amount_ucbm", std::to_string(move.amount_ucbm)}});
  return TxStatus::ok;
}

std::uint64_t left_after_slashes(const ReadContext& ctx, const Exposure& exposure) {
  std::uint64_t left = exposure.amount_ucbm;
  const Bytes after = exposure.slashes_seen == 0
                          ? Bytes{}
                          : kSlashes.key({exposure.validator, exposure.slashes_seen - 1});
  const Bytes below = kSlashes.prefix(exposure.validator);
  kSlashes.scan(ctx, state::Range{below, after}, [&](const auto&, const pb::Slash& slash) {
    if (slash.infraction_height() <= exposure.height) {
      left -= mul_div(left, slash.fraction_nano(), kNano).value_or(0);
    }
    return ScanStep::next;
  });
  return left;
}

std::uint64_t left_after_slashes(const ReadContext& ctx, const Address& validator,
                                 const pb::Unbonding& entry) {
  return left_after_slashes(ctx, {validator, entry.balance_ucbm(), entry.height(),
                                  entry.slashes_seen()});
}

TxStatus cancel_unbonding(Context& ctx, const Cancel& cancel) {
  const auto& bond = cancel.bond;
  const decltype(kUnbondings)::Key key{bond.account, bond.validator, cancel.id};
  auto entry = kUnbondings.get_or_default(ctx, key);
  const std::uint64_t left = left_after_slashes(ctx, bond.validator, entry);
  TRY_TX(bank::burn(ctx, stake_account(), bank::coin(entry.balance_ucbm() - left)));
  entry.set_balance_ucbm(left - bond.amount_ucbm);
  entry.set_slashes_seen(kValidators.get_or_default(ctx, {bond.validator}).slashes());
  if (entry.balance_ucbm() == 0) {
    kUnbondings.erase(ctx, key);
    kQueue.erase(ctx, {std::uint64_t(entry.matures_ms()), cancel.id});
  } else {
    kUnbondings.put(ctx, key, entry);
  }
  ctx.emit("staking.unbonding_cancelled", {{"account", bond.account.text()},
                                           {"validator", bond.validator.text()},
                                           {"amount_ucbm", std::to_string(bond.amount_ucbm)}});
  return add_stake(ctx, bond);
}

BlockEndStep mature_step() {
  return {.name = "staking.mature", .run = mature, .privileges = {.may_burn = true}};
}

}  // namespace cambium::chain::staking
