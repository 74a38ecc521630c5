#include "chain/modules/rewards/distribute.hpp"

#include <algorithm>

#include "chain/modules/bank/bank.hpp"
#include "chain/modules/rewards/emission.hpp"
#include "chain/modules/rewards/rewards.hpp"

namespace cambium::chain::rewards {
namespace {

std::uint64_t supply_ucbm(const ReadContext& ctx) {
  return bank::kSupplies.get_or_default(ctx, {bank::kUcbm}).total();
}

/// Moves the 365-day window to `day`: what was minted on days that left it no longer counts.
/// A chain that slept longer than the window starts an empty one.
void move_window(Context& ctx, pb::Pools& pools, std::uint64_t day) {
  const Bytes below = kDayMints.prefix();
  std::vector<std::uint64_t> left;
  kDayMints.scan(ctx, below, [&](const auto& key, const pb::DayMint& mint) {
    if (std::get<0>(key) + kDaysPerWindow > day || left.size() >= kMaxBlockEndEntries) {
      return ScanStep::stop;
    }
    left.push_back(std::get<0>(key));
    pools.set_minted_window_ucbm(pools.minted_window_ucbm() - mint.minted_ucbm());
    return ScanStep::next;
  });
  for (const auto old : left) kDayMints.erase(ctx, {old});
  pb::DayMint today;
  today.set_supply_ucbm(supply_ucbm(ctx));
  kDayMints.put(ctx, {day}, today);
  pools.set_day(day);
  pools.set_spent_day_ucbm(0);
}

}  // namespace

std::uint64_t mint_within_cap(Context& ctx, const Address& to, std::uint64_t wanted) {
  const auto params = kRewardParams.get_or_default(ctx, {});
  auto pools = kPools.get_or_default(ctx, {});
  std::uint64_t base = supply_ucbm(ctx);
  kDayMints.scan(ctx, kDayMints.prefix(), [&](const auto&, const pb::DayMint& oldest) {
    base = oldest.supply_ucbm();
    return ScanStep::stop;
  });
  const std::uint64_t cap = mul_div(base, params.mint_cap_nano(), kNano).value_or(0);
  const std::uint64_t room =
      cap > pools.minted_window_ucbm() ? cap - pools.minted_window_ucbm() : 0;
  const std::uint64_t amount = std::min(wanted, room);
  if (amount == 0 || bank::mint(ctx, to, bank::coin(amount)) != TxStatus::ok) return 0;
  pools.set_minted_window_ucbm(pools.minted_window_ucbm() + amount);
  pools.set_minted_total_ucbm(pools.minted_total_ucbm() + amount);
  kPools.put(ctx, {}, pools);
  auto today = kDayMints.get_or_default(ctx, {pools.day()});
  today.set_minted_ucbm(today.minted_ucbm() + amount);
  kDayMints.put(ctx, {pools.day()}, today);
  return amount;
}

namespace {

/// Hours that passed without a block lapse: their budgets were not earned and are not minted.
Bytes open_hour(Context& ctx, ByteView) {
  const auto params = kRewardParams.get_or_default(ctx, {});
  if (!params.emission()) return {};
  auto pools = kPools.get_or_default(ctx, {});
  const bool first = pools.year_supply_ucbm() == 0;
  const auto elapsed = std::max<std::int64_t>(0, ctx.block().time.value - pools.genesis_time_ms());
  const auto hour = std::uint64_t(elapsed / kHourMs);
  if (!first && hour <= pools.hour()) return {};

  if (first || hour / kHoursPerYear != pools.hour() / kHoursPerYear) {
    pools.set_year_supply_ucbm(supply_ucbm(ctx));
  }
  if (first || hour / 24 != pools.day()) move_window(ctx, pools, hour / 24);
  const auto budgets =
      split_issue(hourly_issue({pools.year_supply_ucbm(), params.issue_rate_nano()},
                               hour % kHoursPerYear),
                  params);
  pools.set_hour(hour);
  pools.set_task_ucbm(budgets.task_ucbm);
  pools.set_staking_ucbm(budgets.staking_ucbm);
  kPools.put(ctx, {}, pools);
  if (is_address(params.development())) {
    mint_within_cap(ctx, to_address(params.development()), budgets.development_ucbm);
  }
  return {};
}

struct Due {
  std::vector<pb::PendingReward> items;
  u128 total = 0;
};

Due collect_due(const ReadContext& ctx) {
  Due due;
  kPending.scan(ctx, kPending.prefix(), [&](const auto&, const pb::PendingReward& item) {
    due.items.push_back(item);
    due.total += item.due_ucbm();
    return due.items.size() < kMaxBlockEndEntries ? ScanStep::next : ScanStep::stop;
  });
  return due;
}

/// Pays in full while the budget lasts; else every claim in proportion, the rest carried over.
Bytes pay_pending(Context& ctx, ByteView) {
  const auto params = kRewardParams.get_or_default(ctx, {});
  if (!params.emission()) return {};
  const Due due = collect_due(ctx);
  if (due.items.empty()) return {};
  auto pools = kPools.get_or_default(ctx, {});
  const std::uint64_t left_today =
      params.daily_spend_ucbm() - std::min(params.daily_spend_ucbm(), pools.spent_day_ucbm());
  const std::uint64_t budget = std::min(pools.task_ucbm(), left_today);
  if (budget == 0) return {};
  const std::uint64_t wanted = due.total > budget ? budget : std::uint64_t(due.total);
  const std::uint64_t minted = mint_within_cap(ctx, rewards_account(), wanted);

  std::uint64_t paid = 0;
  for (const auto& item : due.items) {
    const auto share = std::uint64_t(u128(item.due_ucbm()) * minted / due.total);
    accrue(ctx, {to_address(item.account()), u128(share) * kNano, Earned::training});
    (void)settle(ctx, to_address(item.account()));  // below the threshold it waits for more
    paid += share;
    if (share == item.due_ucbm()) {
      kPending.erase(ctx, {item.id()});
    } else {
      auto rest = item;
      rest.set_due_ucbm(item.due_ucbm() - share);
      kPending.put(ctx, {item.id()}, rest);
    }
  }
  // What proportional shares rounded away stays with the pool's account as the treasury's.
  accrue(ctx, {module_address("treasury"), u128(minted - paid) * kNano});
  pools = kPools.get_or_default(ctx, {});
  pools.set_task_ucbm(pools.task_ucbm() - minted);
  pools.set_spent_day_ucbm(pools.spent_day_ucbm() + minted);
  kPools.put(ctx, {}, pools);
  return {};
}

}  // namespace

BlockEndStep open_hour_step() {
  return {.name = "rewards.open_hour", .run = open_hour, .privileges = {.may_mint = true}};
}

BlockEndStep pay_pending_step() {
  return {.name = "rewards.pay_pending", .run = pay_pending, .privileges = {.may_mint = true}};
}

}  // namespace cambium::chain::rewards
