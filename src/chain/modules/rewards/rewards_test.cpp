#include "chain/modules/rewards/rewards.hpp"

#include <gtest/gtest.h>

#include "chain/modules/rewards/emission.hpp"
#include "chain/modules/rewards/royalties.hpp"
#include "chain/modules/testing/expert_story.hpp"

namespace cambium::chain::rewards {
namespace {

using namespace testing;

class Rewards : public ::testing::Test, protected ExpertStory {
 protected:
  Rewards() {
    open_model();
    bond(evaluator);
  }
  u128 owed(const Actor& who) {
    return owed_nano(kAccruals.get_or_default(compute.read(), {who.address()}));
  }
  void fund(std::uint64_t ucbm) {
    pb::FundEscrow funds;
    funds.set_gateway(gateway.field());
    funds.set_amount_ucbm(ucbm);
    on(compute, step(gateway, funds));
  }
  pb::SubmitReceipts batch(const std::string& id, const std::vector<std::string>& experts) {
    pb::SubmitReceipts out;
    auto* receipt = out.add_receipts();
    receipt->set_id(digest(id));
    receipt->set_model("nano");
    receipt->set_index_root(model().index_root());
    receipt->set_fee_nano_ucbm(1'000 * kNano);
    auto* host = receipt->add_hosts();
    host->set_account(relayer.field());
    host->set_weight(1);
    for (const auto& name : experts) {
      auto* use = receipt->add_experts();
      use->set_name(name);
      use->set_gate_mass_nano(kNano);
      use->set_tokens(5);
    }
    return out;
  }
};

TEST_F(Rewards, AnAcceptedExpertIsPaidAcrossTheChains_V_PW_01_V_EC_02) {
  const auto before = utility.balance(trainer);
  const auto supply = utility.supply();
  story(trainer, offer(trainer, lease(trainer, 0), "good"), report({}));
  relay(compute, utility);
  const auto payout = kPayouts.get(utility.read(), {"nano", 1});
  ASSERT_TRUE(payout);
  // 15 x 1.5 CBM x ln(5/4.5) / 0.01 x (0.5 + 1.5 q) x 0.8 with q just under 1
  EXPECT_NEAR(double(payout->reward_ucbm()) / 1e6, 15 * 1.5 * 10.536 * 2.0 * 0.8, 1.0);
  EXPECT_EQ(utility.balance(trainer), before + payout->reward_ucbm());
  EXPECT_NEAR(double(utility.supply()), double(supply + payout->reward_ucbm()), 1e6)
      << "minted, less the burnt part of fees";
  EXPECT_TRUE(pending(compute).empty());
}

TEST_F(Rewards, AReceiptIsSplitSixtyTwentyFiveTenFive) {
  story(trainer, offer(trainer, lease(trainer, 0), "good"), report({}));
  fund(10'000);
  on(compute, step(gateway, batch("one", {"layer0.expert2"})));
  EXPECT_EQ(owed(relayer), u128(600) * kNano);
  EXPECT_EQ(owed(trainer), u128(250) * kNano);
  const auto escrow = kEscrows.get_or_default(compute.read(), {gateway.address()});
  EXPECT_EQ(escrow.balance_ucbm(), 9'000u);
}

TEST_F(Rewards, TrainersShareByGateMassTimesAcceptedGain) {
  story(trainer, offer(trainer, lease(trainer, 0), "good"), report({}));
  fund(10'000);
  on(compute, step(gateway, batch("one", {"layer0.expert0", "layer0.expert2"})));
  // The anchor counts 0.1 nats, the contributed expert its accepted 0.4998.
  EXPECT_NEAR(double(owed(owner)) / 1e9, 250 * 0.1 / 0.5998, 0.05);
  EXPECT_NEAR(double(owed(trainer)) / 1e9, 250 * 0.4998 / 0.5998, 0.05);
}

TEST_F(Rewards, UnfundedRepeatedAndUnknownReceiptsPayNothing) {
  on(compute, step(gateway, batch("one", {"layer0.expert0"})), fails(escrow_too_small));
  fund(5'000);
  on(compute, step(gateway, batch("one", {"layer0.expert0"})));
  on(compute, step(gateway, batch("one", {"layer0.expert0"})), fails(receipt_seen));
  on(compute, step(gateway, batch("two", {"layer0.expert3"})), fails(unknown_expert));
  on(compute, step(gateway, batch("two", {"layer0.expert1", "layer0.expert0"})),
     fails(bad_receipt));
  auto pinned = batch("three", {"layer0.expert0"});
  pinned.mutable_receipts(0)->set_index_root(digest("never"));
  on(compute, step(gateway, pinned), fails(head_unknown));
  EXPECT_EQ(owed(relayer), u128(600) * kNano);
}

TEST_F(Rewards, AnyoneMaySettleAndUnusedEscrowComesBack) {
  fund(5'000);
  on(compute, step(gateway, batch("one", {"layer0.expert0"})));
  pb::Claim claim;
  claim.set_account(relayer.field());
  const auto before = compute.balance(relayer);
  on(compute, step(gateway, claim));
  EXPECT_EQ(compute.balance(relayer), before + 600);
  on(compute, step(gateway, claim), fails(below_payout_threshold));
  pb::WithdrawEscrow back;
  back.set_amount_ucbm(4'001);
  on(compute, step(gateway, back), fails(escrow_too_small));
  back.set_amount_ucbm(4'000);
  on(compute, step(gateway, back));
}

TEST(Emission, AYearSumsExactlyWhateverTheSupply_V_EC_01_B_ECON_01) {
  for (const std::uint64_t supply : {UINT64_C(1'000'000'000'000'000), UINT64_C(999'999'999'999'989),
                                     UINT64_C(8'761), UINT64_C(0)}) {
    std::uint64_t sum = 0;
    for (std::uint64_t hour = 0; hour < kHoursPerYear; ++hour) {
      sum += hourly_issue({supply, kNano / 20}, hour);
    }
    EXPECT_EQ(sum, supply / 20);
  }
}

TEST_F(Rewards, WhatNobodyEarnsIsNotMinted_V_EC_03) {
  const auto before = utility.supply();
  utility.advance(100 * kHourMs);
  utility.seal();
  EXPECT_EQ(utility.supply(), before);
  // A billion CBM; 5 % a year of it for one hour, 60 % to tasks.
  const auto pools = kPools.get_or_default(utility.read(), {});
  EXPECT_NEAR(double(pools.task_ucbm()), 1e15 * 0.05 / 8'760 * 0.6, 1e6);
  EXPECT_EQ(pools.hour(), 100u);
}

TEST_F(Rewards, WhatAnHourCannotPayIsCarriedOver_B_ECON_11) {
  const auto before = utility.balance(trainer);
  const Measured miracle{.code_public = 4'500, .code_hidden = 4'500};
  story(trainer, offer(trainer, lease(trainer, 0), "good"), report(miracle));
  relay(compute, utility);
  const auto reward = kPayouts.get_or_default(utility.read(), {"nano", 1}).reward_ucbm();
  const auto paid = utility.balance(trainer) - before;
  EXPECT_NEAR(double(paid) / 1e6, 1e9 * 0.05 / 8'760 * 0.6, 1) << "one hour's task budget";
  for (int hour = 0; hour < 3; ++hour) {
    utility.advance(kHourMs);
    utility.seal();
  }
  EXPECT_EQ(utility.balance(trainer) - before, reward);
  EXPECT_FALSE(kPending.has(utility.read(), {1}));
}

TEST(Split, LosesNothingAndOverpaysNobody) {
  const std::vector<Share> shares = {{{}, 1}, {{}, 1}, {{}, 1}};
  const auto parts = split(100, shares);
  EXPECT_EQ(parts.parts, (std::vector<u128>{33, 33, 33}));
  EXPECT_EQ(parts.rest, 1u);
  EXPECT_EQ(split(100, {}).rest, 100u);
  EXPECT_EQ(split(7, {{{}, u128(1) << 100}, {{}, u128(1) << 100}}).rest, 1u);
}

TEST(TrainingReward, ManySmallStepsEarnNoMoreThanOneBig) {
  pb::Params params;
  params.set_training_base_ucbm(cbm(15).ucbm);
  params.set_training_multiplier_nano(kNano * 3 / 2);
  params.set_improvement_unit_nano(kNano / 100);
  const auto reward = [&](std::uint64_t from, std::uint64_t to) {
    return training_reward_ucbm(params, {from, to, kNano, 0});
  };
  std::uint64_t steps = 0;
  for (std::uint64_t loss = 5'000; loss > 4'000; loss -= 10) {
    steps += reward(loss * 1'000'000, (loss - 10) * 1'000'000);
  }
  const auto once = reward(5'000'000'000, 4'000'000'000);
  EXPECT_NEAR(double(steps), double(once), 1'000);
  EXPECT_EQ(reward(4, 5), 0u);
}

}  // namespace
}  // namespace cambium::chain::rewards
