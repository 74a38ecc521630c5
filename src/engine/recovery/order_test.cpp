// B/CONS-06: orders of the validators for a reset and for a block to trust are carried out.
#include "engine/recovery/order.hpp"

#include <gmock/gmock.h>

#include "engine/recovery/testing/recovery_home.hpp"

namespace cambium::engine {
namespace {

using ::testing::HasSubstr;
using testing::RecoveryHome;

constexpr const char* kLeft = RecoveryHome::kLeft;

/// Three transfers; the height of the second.
Height live_on(RecoveryHome& home) {
  home.send(kLeft, 5);
  home.send(kLeft, 7);
  const Height second = home.chain(kLeft).status().height;
  home.send(kLeft, 1'000);
  return second;
}

RollbackRequest by_order(const RecoveryHome& home) {
  return {.home = home.root, .aliases = {kLeft}, .height = {}, .first = {}, .follow = {},
          .authority = RollbackAuthority::order, .now = home.clock.now()};
}

std::string refusal(const RollbackRequest& request) {
  const auto plan = plan_rollback(request);
  return plan ? "it was planned" : plan.error().message;
}

Hash block_hash(RecoveryHome& home, Height height) {
  return home.chain(kLeft).block(height).value()->hash;
}

TEST(Order, AConsensusResetGoesOnFromItsHeightUnderTheNextRevision) {  // B/CONS-06 {reset}
  RecoveryHome home;
  const Height second = live_on(home);
  home.stop();
  home.order(3, testing::reset_at(second));
  const auto plan = plan_rollback(by_order(home)).value();
  EXPECT_EQ(plan.order, 3u);
  EXPECT_EQ(plan.lives[0].life.chain_id, "test-utility-2");
  const auto made = carry_out(home.root, plan, {}).value();
  EXPECT_EQ(made[0].from, second);
  home.start();
  EXPECT_EQ(home.bob_has(kLeft), 12u);
}

TEST(Order, TheNewestOfThemSaysWhereTo) {
  RecoveryHome home;
  const Height second = live_on(home);
  home.stop();
  home.order(3, testing::back_to({second.value - 1}, "test-utility-2"));
  home.order(4, testing::reset_at(second));
  EXPECT_EQ(height_of(plan_rollback(by_order(home)).value().lives[0].source), second);
}

TEST(Order, AllBeginAtOneHeightWhereverEachOfThemStopped) {
  RecoveryHome home;
  const Height second = live_on(home);
  home.stop();
  home.order(3, testing::reset_at(second));
  const auto first = [&] { return plan_rollback(by_order(home)).value().lives[0].life.first; };
  const Height here = first();
  home.order(2, testing::trust({12'345}, {}));  // a further height, and nothing to compare
  EXPECT_EQ(first(), here);
}

TEST(Order, OneThatWasCarriedOutOrdersNothingMore) {
  RecoveryHome home;
  const Height second = live_on(home);
  home.stop();
  home.order(3, testing::reset_at(second));
  ASSERT_TRUE(carry_out(home.root, plan_rollback(by_order(home)).value(), {}));
  home.order(3, testing::reset_at(second));  // as a state that goes on may still hold it
  EXPECT_THAT(refusal(by_order(home)), HasSubstr("No order"));
}

TEST(Checkpoint, WhatLiesAboveACertifiedBlockMayBeGivenUpAndTheBlockNot) {  // {checkpoint}
  RecoveryHome home;
  const Height second = live_on(home);
  const Hash certified = block_hash(home, second);
  home.stop();
  home.order(5, testing::trust(second, certified));
  auto request = by_order(home);
  request.authority = RollbackAuthority::operator_alone;
  request.height = second;
  EXPECT_TRUE(plan_rollback(request));
  request.height = Height{second.value - 1};
  EXPECT_THAT(refusal(request), HasSubstr("would be given up"));
  home.order(6, testing::back_to(*request.height, "test-utility-2"));
  EXPECT_TRUE(plan_rollback(request)) << "the later order knows of it";
}

TEST(Checkpoint, AHomeWithAnotherBlockIsNotTakenBackToAboveIt) {
  RecoveryHome home;
  const Height second = live_on(home);
  home.stop();
  home.order(5, testing::trust(second, Hash{{9}}));
  auto request = by_order(home);
  request.authority = RollbackAuthority::operator_alone;
  request.height = second;
  EXPECT_THAT(refusal(request), HasSubstr("have certified that block"));
}

TEST(Checkpoint, ABlockOfAnotherHeightSaysNothing) {
  const std::vector<Checkpoint> points{{1, {10}, Hash{{1}}}};
  EXPECT_TRUE(agrees(points, {{10}, Hash{{1}}}));
  EXPECT_TRUE(agrees(points, {{11}, Hash{{2}}}));
  EXPECT_FALSE(agrees(points, {{10}, Hash{{2}}}));
}

}  // namespace
}  // namespace cambium::engine
