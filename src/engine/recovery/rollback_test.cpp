// B/SEC-10: back to an earlier pair of heights of both chains.
#include "engine/recovery/rollback.hpp"

#include <gmock/gmock.h>

#include <fstream>

#include "chain/modules/interchain/interchain.hpp"
#include "engine/recovery/testing/recovery_home.hpp"

namespace cambium::engine {
namespace {

using ::testing::HasSubstr;
using testing::Entries;
using testing::RecoveryHome;

constexpr const char* kLeft = RecoveryHome::kLeft;
constexpr const char* kRight = RecoveryHome::kRight;

/// Everything but the light clients, whose chain ids follow the new names.
Entries without_clients(Entries entries) {
  const Bytes prefix = chain::interchain::kClients.prefix();
  std::erase_if(entries, [&](const auto& entry) { return starts_with(entry.first, prefix); });
  return entries;
}

struct Past {
  Height height;
  Entries left;
  Entries right;
};

/// A past worth going back to, and a present with more in it.
Past live_on(RecoveryHome& home) {
  home.send(kLeft, 5);
  home.snapshot(kLeft);
  home.send(kLeft, 7);
  home.see(kRight, kLeft);
  home.increment(kLeft);
  home.snapshot(kRight);
  const Height height = home.chain(kLeft).status().height;
  Past past{height, home.contents(kLeft, height),
            home.contents(kRight, home.chain(kRight).status().height)};
  home.send(kLeft, 1'000);
  home.see(kLeft, kRight);  // from here on the right chain knows too much
  home.send(kRight, 2'000);
  return past;
}

TEST(Rollback, RestoresThePairByteForByteUnderNewNamesAboveEverySignedHeight) {
  RecoveryHome home;
  const Past past = live_on(home);
  const Height newest = home.chain(kLeft).status().height;
  home.stop();
  const auto plan = plan_rollback(home.back_to(past.height)).value();
  const auto made = carry_out(home.root, plan, {}).value();
  EXPECT_EQ(made[0].chain_id, "test-utility-2");
  EXPECT_EQ(made[0].from, past.height);
  EXPECT_GT(made[0].first, newest);
  home.start();
  const Height below{made[0].first.value - 1};
  EXPECT_EQ(home.contents(kLeft, past.height), past.left) << "byte for byte";
  EXPECT_EQ(without_clients(home.contents(kLeft, below)), without_clients(past.left));
  EXPECT_EQ(without_clients(home.contents(kRight, {made[1].first.value - 1})),
            without_clients(past.right));
  EXPECT_EQ(home.bob_has(kLeft), 12u);
  EXPECT_EQ(home.bob_has(kRight), 0u);
  home.send(kLeft, 3);
  home.see(kLeft, kRight);  // the clients follow the new chains
  home.see(kRight, kLeft);
  EXPECT_EQ(home.bob_has(kLeft), 15u);
}

TEST(Rollback, NothingSignedForTheOldChainsIsValidOnTheNewOnes) {
  RecoveryHome home;
  const Past past = live_on(home);
  std::vector<Bytes> old;
  for (Height h{1}; h <= home.chain(kLeft).status().height; h = h.next()) {
    for (const auto& tx : home.chain(kLeft).block(h).value()->txs) old.push_back(tx.raw);
  }
  home.stop();
  ASSERT_TRUE(carry_out(home.root, plan_rollback(home.back_to(past.height)).value(), {}));
  home.start();
  EXPECT_EQ(old.size(), 4u);
  for (const auto& tx : old) {
    EXPECT_EQ(home.chain(kLeft).submit(tx).status, chain::TxStatus::wrong_chain);
  }
}

TEST(Rollback, CanBeDoneAgainFromTheNewLife) {
  RecoveryHome home;
  const Past past = live_on(home);
  home.stop();
  ASSERT_TRUE(carry_out(home.root, plan_rollback(home.back_to(past.height)).value(), {}));
  home.start();
  home.send(kLeft, 100);
  home.snapshot(kLeft);
  const Height height = home.chain(kLeft).status().height;
  home.send(kLeft, 100);
  home.stop();
  const auto made = carry_out(home.root, plan_rollback(home.back_to(height)).value(), {}).value();
  EXPECT_EQ(made[0].chain_id, "test-utility-3");
  home.start();
  EXPECT_EQ(home.bob_has(kLeft), 112u);
}

TEST(Rollback, TheOtherChainGoesBackFarEnoughToKnowNothingOfWhatIsGone) {
  RecoveryHome home;
  const Past past = live_on(home);
  const Height right = home.chain(kRight).status().height;
  home.stop();
  const auto plan = plan_rollback(home.back_to(past.height)).value();
  EXPECT_LT(height_of(plan.lives[1].source), right);
  const auto view = home.stopped(kRight).state_at(height_of(plan.lives[1].source));
  for (const auto& seen : seen_chains(*view)) EXPECT_LE(seen.height, past.height);
}

TEST(Rollback, WorksFromSnapshotsAloneWhenTheStateIsGone) {
  RecoveryHome home;
  const Past past = live_on(home);
  home.stop();
  for (const char* alias : {kLeft, kRight}) {
    std::filesystem::remove_all(ChainHome::of(home.root, alias).state());
  }
  ASSERT_TRUE(carry_out(home.root, plan_rollback(home.back_to(past.height)).value(), {}));
  home.start();
  EXPECT_EQ(home.bob_has(kLeft), 12u);
}

TEST(Rollback, NeedsAnOrderOfTheValidatorsOrTheOperatorsOwnWord) {  // B/CONS-06 {rollback}
  RecoveryHome home;
  const Past past = live_on(home);
  home.stop();
  auto request = home.back_to(past.height);
  request.authority = RollbackAuthority::order;
  const auto refused = plan_rollback(request);
  ASSERT_FALSE(refused);
  EXPECT_THAT(refused.error().message, HasSubstr("--without-order"));
}

TEST(Rollback, AnOrderSaysWhereToAndUnderWhichName) {
  RecoveryHome home;
  const Past past = live_on(home);
  home.stop();
  home.order(7, testing::back_to(past.height, "test-utility-5"));
  auto request = home.back_to({past.height.value - 1});
  EXPECT_THAT(plan_rollback(request).error().message, HasSubstr("have ordered a rollback"));
  request.height.reset();
  request.authority = RollbackAuthority::order;
  const auto plan = plan_rollback(request).value();
  EXPECT_EQ(plan.order, 7u);
  EXPECT_EQ(plan.lives[0].life.chain_id, "test-utility-5");
  EXPECT_EQ(height_of(plan.lives[0].source), past.height);
  request.now = {home.clock.now().value + 1'000};
  EXPECT_FALSE(plan_rollback(request)) << "an old order orders nothing";
}

TEST(Rollback, NeverBeginsAtAHeightThatMayHaveBeenSigned) {
  RecoveryHome home;
  const Past past = live_on(home);
  home.stop();
  const auto signed_record =
      ChainHome::of(home.root, kLeft).comet() / "data" / "priv_validator_state.json";
  std::filesystem::create_directories(signed_record.parent_path());
  std::ofstream(signed_record) << R"({"height":"54321","round":0,"step":3})";
  auto request = home.back_to(past.height);
  request.first = Height{54'321};
  EXPECT_THAT(plan_rollback(request).error().message, HasSubstr("signed already"));
  request.first.reset();
  const auto plan = plan_rollback(request).value();
  EXPECT_EQ(plan.lives[0].life.first, Height{55'001});
  ASSERT_TRUE(carry_out(home.root, plan, {}));
  std::string kept;
  std::getline(std::ifstream(signed_record), kept);
  EXPECT_THAT(kept, HasSubstr("54321")) << "what was signed stays known";
}

TEST(Rollback, TheCreditLedgerIsNeverRolledBack) {
  RecoveryHome home;
  const Past past = live_on(home);
  home.stop();
  std::ofstream(home.root / "ledger.db") << "credits";
  std::ofstream(home.root / "index.db") << "views";
  ASSERT_TRUE(carry_out(home.root, plan_rollback(home.back_to(past.height)).value(), {}));
  std::string kept;
  std::getline(std::ifstream(home.root / "ledger.db"), kept);
  EXPECT_EQ(kept, "credits");
  EXPECT_FALSE(std::filesystem::exists(home.root / "index.db")) << "it is made again";
}

}  // namespace
}  // namespace cambium::engine
