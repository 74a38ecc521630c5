#include "chain/modules/staking/epoch.hpp"

#include <algorithm>

#include "base/check.hpp"
#include "chain/modules/bank/bank.hpp"
#include "chain/modules/rewards/distribute.hpp"
#include "chain/modules/rewards/rewards.hpp"
#include "chain/modules/slashing/signing.hpp"
#include "chain/modules/staking/accrual.hpp"
#include "chain/modules/staking/stake.hpp"

namespace cambium::chain::staking {
namespace {

constexpr std::int64_t kHourMs = 3'600'000;
constexpr std::uint64_t kHoursPerYear = 8'760;

struct Member {
  Address account;
  pb::Validator record;
  Service service;
};

std::uint64_t slashed_since(const ReadContext& ctx, const Address& validator,
                            std::uint64_t height) {
  std::uint64_t sum = 0;
  kSlashes.scan(ctx, kSlashes.prefix(validator), [&](const auto&, const pb::Slash& slash) {
    if (slash.height() >= height) sum += slash.burnt_ucbm();
    return ScanStep::next;
  });
  return sum;
}

/// Who served in the epoch that ends here. A validator that was thrown out in it earns nothing.
std::vector<Member> members(const ReadContext& ctx, const pb::Epoch& epoch) {
  const std::uint64_t now = ctx.block().height.value;
  std::vector<Member> out;
  kActiveSet.scan(ctx, kActiveSet.prefix(), [&](const auto& key, const pb::Active& active) {
    Member member{to_address(active.operator_()), {}, {}};
    member.record = kValidators.get_or_default(ctx, {member.account});
    if (member.record.jailed()) return ScanStep::next;
    const auto seen = slashing::attendance(
        ctx, {std::get<0>(key), active.from_height(), epoch.start_height(), now});
    member.service = {.power = active.power(),
                      .blocks = now - epoch.start_height(),
                      .signed_blocks = seen.epoch_blocks - seen.epoch_missed,
                      .uptime_nano = seen.uptime_nano(),
                      .penalty_ucbm = slashed_since(ctx, member.account, epoch.start_height())};
    out.push_back(std::move(member));
    return ScanStep::next;
  });
  return out;
}

/// What can leave the pool of fees: nothing while an emergency act has frozen it.
std::uint64_t in_pool(const ReadContext& ctx) { return bank::spendable(ctx, {fee_pool()}); }

/// Takes at most this much out of the hour's staking budget into the pool; returns what came.
std::uint64_t from_budget(Context& ctx, std::uint64_t wanted) {
  const auto budget = rewards::kPools.get_or_default(ctx, {}).staking_ucbm();
  const std::uint64_t minted =
      rewards::mint_within_cap(ctx, fee_pool(), std::min(wanted, budget));
  if (minted == 0) return 0;
  auto pools = rewards::kPools.get_or_default(ctx, {});
  pools.set_staking_ucbm(pools.staking_ucbm() - minted);
  rewards::kPools.put(ctx, {}, pools);
  return minted;
}

void move_to_rewards(Context& ctx, std::uint64_t amount) {
  const auto moved = bank::transfer(ctx, {fee_pool(), rewards_account(), bank::coin(amount)});
  CHECK(moved == TxStatus::ok, "the pool holds what was just counted in it");
}

/// Fees first, the rest of the reward from the budget; short of both, all get less.
std::uint64_t pay_consensus(Context& ctx, std::vector<Member>& members) {
  const auto params = kStakingParams.get_or_default(ctx, {});
  std::vector<Service> services;
  for (const auto& member : members) services.push_back(member.service);
  const auto earned = consensus_rewards(services, params.epoch_reward_ucbm());
  std::uint64_t wanted = 0;
  for (const auto amount : earned) wanted += amount;
  if (wanted == 0) return 0;
  const std::uint64_t fees = std::min(wanted, in_pool(ctx));
  const std::uint64_t minted = from_budget(ctx, wanted - fees);
  const std::uint64_t there = std::min(fees + minted, in_pool(ctx));
  std::uint64_t paid = 0;
  for (std::size_t i = 0; i < members.size(); ++i) {
    const std::uint64_t amount = mul_div(earned[i], there, wanted).value_or(0);
    if (members[i].record.shares() == 0) continue;
    earn_with_commission(members[i].record, amount);
    paid += amount;
  }
  move_to_rewards(ctx, paid);
  return paid;
}

/// min(yield a year, budget): all of it to stake, none to operators.
std::uint64_t pay_yield(Context& ctx, std::vector<Member>& members) {
  const auto params = kStakingParams.get_or_default(ctx, {});
  std::uint64_t staked = 0;
  for (const auto& member : members) staked += member.record.tokens_ucbm();
  const std::uint64_t most =
      mul_div(staked, params.yield_nano(), kNano).value_or(0) / kHoursPerYear;
  const std::uint64_t minted = from_budget(ctx, most);
  const std::uint64_t there = std::min(minted, in_pool(ctx));
  std::uint64_t paid = 0;
  for (auto& member : members) {
    const std::uint64_t amount = mul_div(there, member.record.tokens_ucbm(), staked).value_or(0);
    if (member.record.shares() == 0) continue;
    earn(member.record, amount);
    paid += amount;
  }
  move_to_rewards(ctx, paid);
  return paid;
}

Bytes close_epoch(Context& ctx, ByteView) {
  auto epoch = kEpoch.get_or_default(ctx, {});
  const std::int64_t elapsed = ctx.block().time.value - epoch.genesis_time_ms();
  const auto number = std::uint64_t(std::max<std::int64_t>(0, elapsed) / kHourMs);
  if (number <= epoch.number()) return {};
  auto serving = members(ctx, epoch);
  if (serving.empty()) return {};  // an epoch without validators leaves no trace
  // A chain whose blocks carry no votes is one operator's: nobody can be paid for signing.
  const bool voted = !ctx.block().commit.votes.empty();
  epoch.set_paid_ucbm(voted ? pay_consensus(ctx, serving) : 0);
  epoch.set_yield_ucbm(pay_yield(ctx, serving));
  epoch.set_number(number);
  epoch.set_start_height(ctx.block().height.value);
  kEpoch.put(ctx, {}, epoch);
  for (const auto& member : serving) save(ctx, member.account, member.record);
  ctx.emit("staking.epoch_paid", {{"epoch", std::to_string(number)},
                                  {"validators_ucbm", std::to_string(epoch.paid_ucbm())},
                                  {"stake_ucbm", std::to_string(epoch.yield_ucbm())}});
  return {};
}

}  // namespace

std::vector<std::uint64_t> consensus_rewards(const std::vector<Service>& services,
                                             std::uint64_t pool_ucbm) {
  u128 all = 0;
  for (const auto& service : services) all += service.power;
  std::vector<std::uint64_t> out(services.size());
  u128 sum = 0;
  for (std::size_t i = 0; i < services.size(); ++i) {
    const Service& s = services[i];
    if (s.blocks == 0) continue;
    const std::uint64_t blocks = std::min(s.signed_blocks, s.blocks);
    u128 reward = u128(pool_ucbm) * s.power / all;
    reward = reward * blocks / s.blocks;
    reward = reward * (kNano + std::min(s.uptime_nano, kNano)) / kNano;
    out[i] = std::uint64_t(reward);
    sum += reward;
  }
  for (std::size_t i = 0; i < services.size(); ++i) {
    if (sum > pool_ucbm) out[i] = std::uint64_t(u128(out[i]) * pool_ucbm / sum);
    out[i] -= std::min(out[i], services[i].penalty_ucbm);
  }
  return out;
}

BlockEndStep epoch_step() {
  return {.name = "staking.epoch", .run = close_epoch, .privileges = {.may_mint = true}};
}

}  // namespace cambium::chain::staking
