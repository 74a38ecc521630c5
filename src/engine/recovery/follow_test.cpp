// One that comes late does as the others did, or takes back what it did otherwise (B/SEC-10).
#include <gmock/gmock.h>

#include <fstream>

#include "chain/genesis.hpp"
#include "engine/recovery/testing/recovery_home.hpp"
#include "engine/snapshots/snapshot_files.hpp"

namespace cambium::engine {
namespace {

using ::testing::HasSubstr;
using testing::RecoveryHome;

constexpr const char* kLeft = RecoveryHome::kLeft;

/// Two transfers and the height between them; all homes of this kind are alike.
Height live_on(RecoveryHome& home) {
  home.send(kLeft, 5);
  const Height first = home.chain(kLeft).status().height;
  home.send(kLeft, 1'000);
  return first;
}

RollbackRequest alone(const RecoveryHome& home, Height height) {
  auto out = home.back_to(height);
  out.aliases = {kLeft};
  return out;
}

chain::v1::Genesis genesis_of(const RecoveryHome& home) {
  const auto text = read_file(ChainHome::of(home.root, kLeft).genesis()).value();
  return chain::genesis_from_json(as_chars(text)).value();
}

std::vector<PreparedLife> go_back(RecoveryHome& home, Height height) {
  return carry_out(home.root, plan_rollback(alone(home, height)).value(), {}).value();
}

TEST(Follow, TheSameComesOutAsWithTheOthers) {
  RecoveryHome other, late;
  const Height height = live_on(other);
  live_on(late);
  other.stop();
  late.stop();
  const auto made = go_back(other, height);
  auto request = alone(late, {});
  request.height.reset();
  request.authority = RollbackAuthority::order;  // there is none, and none is needed
  request.follow = genesis_of(other);
  const auto mine = carry_out(late.root, plan_rollback(request).value(), {}).value();
  EXPECT_EQ(mine[0].genesis_hash, made[0].genesis_hash);
  EXPECT_EQ(mine[0].first, made[0].first);
  late.start();
  EXPECT_EQ(late.bob_has(kLeft), 5u);
}

TEST(Follow, AnotherPastIsRefusedAndChangesNothing) {
  RecoveryHome other, late;
  const Height height = live_on(other);
  late.send(kLeft, 6);
  late.send(kLeft, 999);
  other.stop();
  late.stop();
  go_back(other, height);
  auto request = alone(late, {});
  request.height.reset();
  request.follow = genesis_of(other);
  const auto refused = carry_out(late.root, plan_rollback(request).value(), {});
  ASSERT_FALSE(refused);
  EXPECT_THAT(refused.error().message, HasSubstr("not of this chain"));
  late.start();
  EXPECT_EQ(late.bob_has(kLeft), 1'005u);
}

TEST(Follow, AfterAWrongTurnTheNextIsTakenFromTheOldLife) {
  RecoveryHome other, late;
  const Height height = live_on(other);
  live_on(late);
  other.stop();
  late.stop();
  const auto made = go_back(other, height);
  go_back(late, {height.value - 1});
  auto request = alone(late, {});
  request.height.reset();
  request.follow = genesis_of(other);
  EXPECT_THAT(plan_rollback(request).error().message, HasSubstr("snapshot undo"));
  const auto undone = undo_change(late.root, {kLeft}).value();
  EXPECT_EQ(undone.chain_ids.front(), "test-utility-1");
  const auto mine = carry_out(late.root, plan_rollback(request).value(), {}).value();
  EXPECT_EQ(mine[0].genesis_hash, made[0].genesis_hash);
}

TEST(Follow, ANewLifeWithBlocksIsNotTakenBack) {
  RecoveryHome home;
  const Height height = live_on(home);
  home.stop();
  ASSERT_TRUE(carry_out(home.root, plan_rollback(home.back_to(height)).value(), {}));
  home.start();
  home.send(kLeft, 1);
  home.stop();
  const auto refused = undo_change(home.root, {kLeft, RecoveryHome::kRight});
  ASSERT_FALSE(refused);
  EXPECT_THAT(refused.error().message, HasSubstr("has made blocks"));
}

TEST(Follow, WithoutAChangeThereIsNothingToTakeBack) {
  RecoveryHome home;
  home.stop();
  EXPECT_FALSE(undo_change(home.root, {kLeft}));
}

}  // namespace
}  // namespace cambium::engine
