#include "chain/modules/staking/epoch.hpp"

#include <gtest/gtest.h>

#include "chain/modules/rewards/rewards.hpp"
#include "chain/modules/testing/stake_story.hpp"
#include "chain/records.hpp"
#include "schema/canonical.hpp"

namespace cambium::chain::staking {
namespace {

using namespace testing;

constexpr std::uint64_t kPool = 1'000'000'000;  // 1000 CBM

TEST(ConsensusRewards, AreWeightedAndNeverMoreThanThePool_B_CONS_03) {
  const auto of = [](std::vector<Service> services) { return consensus_rewards(services, kPool); };
  const Service full{.power = 100, .blocks = 10, .signed_blocks = 10, .uptime_nano = kNano};
  EXPECT_EQ(of({full, full}), (std::vector<std::uint64_t>{kPool / 2, kPool / 2}));
  Service strong = full;
  strong.power = 300;
  EXPECT_EQ(of({full, strong}), (std::vector<std::uint64_t>{kPool / 4, kPool / 4 * 3}));
  Service silent = full;
  silent.signed_blocks = 0;
  EXPECT_EQ(of({full, silent}), (std::vector<std::uint64_t>{kPool, 0}))
      << "500 x 2 for one who was always there: others' absence costs it nothing";
  Service young = full;
  young.uptime_nano = 0;
  EXPECT_EQ(of({young}), (std::vector<std::uint64_t>{kPool})) << "base without the multiplier";
  Service lazy = young;
  lazy.signed_blocks = 5;
  EXPECT_EQ(of({lazy}), (std::vector<std::uint64_t>{kPool / 2})) << "nobody else takes the rest";
}

TEST(ConsensusRewards, PenaltiesAreTakenOffDownToNothing_B_CONS_03) {
  Service one{.power = 1, .blocks = 10, .signed_blocks = 10, .uptime_nano = kNano};
  one.penalty_ucbm = 400'000'000;
  EXPECT_EQ(consensus_rewards({one}, kPool).front(), 600'000'000u);
  one.penalty_ucbm = 5 * kPool;
  EXPECT_EQ(consensus_rewards({one}, kPool).front(), 0u);
  EXPECT_TRUE(consensus_rewards({}, kPool).empty());
}

class Epoch : public ::testing::Test, protected StakeStory {
 protected:
  explicit Epoch(const v1::Genesis& genesis = StakeStory::genesis({})) : StakeStory(genesis) {}
  std::uint64_t earned(const Actor& validator) {
    const auto v = record(validator);
    return v.outstanding_ucbm() + v.commission_ucbm();
  }
  void fill_pool(std::uint64_t amount_cbm) {
    w(send(dora, fee_pool(), cbm(amount_cbm).ucbm));
  }
  void hour(const std::set<std::string>& absent = {}) { pass(kHour, absent, kHour / 60); }
  Step withdraw(const Actor& who) { return step(who, pb::WithdrawRewards{}); }
};

TEST_F(Epoch, PaysAThousandAnHourFromFeesFirst_B_CONS_03_B_ECON_04) {
  fill_pool(2'500);
  const auto supply = w.supply();
  hour();
  hour();
  const auto sum = earned(vera) + earned(vito) + earned(vlad);
  EXPECT_NEAR(double(sum), 2e9, 1e6) << "two epochs; the first blocks carry no votes";
  EXPECT_LE(sum, 2 * kPool);
  EXPECT_EQ(w.supply(), supply) << "nothing was minted";
  hour();
  EXPECT_NEAR(double(earned(vera) + earned(vito) + earned(vlad)), 2.5e9, 1e5)
      << "no more than there is";
}

TEST_F(Epoch, TheAbsentEarnLess_B_CONS_03) {
  fill_pool(1'000);
  pass(kHour / 2, {"vlad"}, kHour / 60);
  pass(kHour / 2, {}, kHour / 60);
  // Half of the blocks signed, half of the uptime: 0.5 x 1.5 against 1 x 2.
  EXPECT_NEAR(double(earned(vlad)) / double(earned(vera)), 0.5 * 1.5 / 2, 0.02);
}

TEST_F(Epoch, OperatorsTakeTheirCommissionAndStakeTheRest) {
  w(delegate(dora, vera, 100'000));
  fill_pool(1'000);
  hour();
  const auto v = record(vera);
  EXPECT_NEAR(double(v.commission_ucbm()), double(earned(vera)) * 0.1, 1);
  const auto before = w.balance(dora);
  const auto fee = w.run(withdraw(dora)).fee_ucbm();
  EXPECT_NEAR(double(w.balance(dora) - before + fee), double(v.outstanding_ucbm()) / 2, 1);
  w(withdraw(dora), fails(nothing_to_withdraw));
  const auto had = w.balance(vera);
  const auto cost = w.run(step(vera, pb::WithdrawCommission{})).fee_ucbm();
  EXPECT_EQ(w.balance(vera), had + v.commission_ucbm() - cost);
  w(step(vera, pb::WithdrawCommission{}), fails(nothing_to_withdraw));
  w(step(dora, pb::WithdrawCommission{}), fails(validator_not_found));
}

TEST_F(Epoch, RewardsGoWhereTheirOwnerSays) {
  pb::SetWithdrawAddress msg;
  msg.set_to("short");
  w(step(vera, msg), fails(bad_address));
  msg.set_to(fred.field());
  w(step(vera, msg));
  fill_pool(1'000);
  hour();
  const auto before = w.balance(fred);
  const auto owed = record(vera).outstanding_ucbm();
  w(withdraw(vera));
  EXPECT_EQ(w.balance(fred), before + owed);
  msg.clear_to();
  w(step(vera, msg));
  EXPECT_FALSE(kWithdrawTo.has(w.read(), {vera.address()}));
}

TEST_F(Epoch, WhatWasEarnedSurvivesLeaving) {
  w(delegate(dora, vera, 100'000));
  fill_pool(1'000);
  hour();
  const auto half = record(vera).outstanding_ucbm() / 2;
  const auto before = w.balance(dora);
  const auto fee = w.run(undelegate(dora, vera, 100'000)).fee_ucbm();
  EXPECT_EQ(w.balance(dora) + fee, before + half) << "paid when the last share goes";
}

TEST_F(Epoch, HoursWithoutBlocksLapse_B_CONS_03) {
  fill_pool(9'000);
  hour();
  const auto one = earned(vera);
  w.advance(5 * kHour);
  block();
  EXPECT_NEAR(double(earned(vera)), 2.0 * double(one), 1e6);
}

TEST_F(Epoch, AFrozenPoolPaysNothingAndStopsNothing) {
  fill_pool(1'000);
  w.between_blocks({}, [&](Context& ctx) {
    auto frozen = kFrozen.get_or_default(ctx, {fee_pool()});
    frozen.set_until_ms(ctx.block().time.value + kDay);
    kFrozen.put(ctx, {fee_pool()}, frozen);
  });
  hour();
  hour();
  EXPECT_EQ(earned(vera), 0u);
  EXPECT_EQ(kEpoch.get_or_default(w.read(), {}).number(), 2u);
}

TEST_F(Epoch, AChainOfOneOperatorPaysNobodyForSigning) {
  fill_pool(1'000);
  w.report({});
  for (int i = 0; i < 3; ++i) {
    w.advance(kHour);
    w.seal();
  }
  EXPECT_EQ(earned(vera), 0u);
}

v1::Genesis with_emission() {
  auto genesis = StakeStory::genesis({});
  rewards::pb::Genesis part;
  part.mutable_params()->set_emission(true);
  auto* module = genesis.add_modules();
  module->set_name("rewards");
  module->set_state(to_string(schema::encode(part)));
  return genesis;
}

class Yield : public Epoch {
 protected:
  Yield() : Epoch(with_emission()) {}
  std::uint64_t budget() {
    return rewards::kPools.get_or_default(w.read(), {}).staking_ucbm();
  }
};

TEST_F(Yield, IsEightPercentAYearWhileTheBudgetLasts_V_EC_01) {
  w.report({});  // no reward for consensus: the yield alone
  w.advance(kHour);
  w.seal();
  const double an_hour = 300'000e6 * 0.08 / 8'760;
  EXPECT_NEAR(double(earned(vera)) * 3, an_hour, 10);
  EXPECT_EQ(record(vera).commission_ucbm(), 0u) << "all of it is stake's";
}

TEST_F(Yield, IsTheBudgetOverStakeWhenThatIsLess_V_EC_01) {
  w(delegate(dora, vera, 1'900'000));
  w(delegate(erin, vera, 1'900'000));
  w(delegate(fred, vera, 1'900'000));
  w.report({});
  const auto supply = w.supply();
  w.advance(kHour);
  w.seal();
  const double budget_of_an_hour = double(supply) * 0.05 / 8'760 * 0.3;
  EXPECT_NEAR(double(earned(vera) + earned(vito) + earned(vlad)), budget_of_an_hour, 1e4);
  EXPECT_EQ(budget(), 0u);
  EXPECT_GT(w.supply(), supply) << "minted within the emission's books";
}

TEST_F(Yield, ConsensusTakesTheBudgetBeforeStakeDoes) {
  hour();
  const double budget_of_an_hour = double(w.supply()) * 0.05 / 8'760 * 0.3;
  EXPECT_NEAR(double(earned(vera) + earned(vito) + earned(vlad)), budget_of_an_hour, 1e5);
  EXPECT_GT(record(vera).commission_ucbm(), 0u);
}

}  // namespace
}  // namespace cambium::chain::staking
