// The beacon on networks of validators, in virtual time: B/CONS-05's censor among them.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "sim/validators/network.hpp"

namespace cambium::sim {
namespace {

using testing::IsEmpty;

constexpr std::int64_t kMinuteMs = 60'000;

StoryOptions with_beacon(std::uint64_t seed) {
  return {.seed = seed, .duration_ms = 40 * kMinuteMs, .randomness = Randomness::threshold};
}

Outcome live(const StoryOptions& options) { return live_through(options, make_story(options)); }

// Every eighth proposal tries to keep the value back, to name another, and to choose its votes.
TEST(BeaconNetwork, NoProposerChoosesItsValue) {
  auto options = with_beacon(1);
  options.mean_fault_ms = 0;
  const auto outcome = live(options);
  EXPECT_THAT(outcome.broken, IsEmpty());
  EXPECT_GE(outcome.beacon_groups, 1u);
  EXPECT_GT(outcome.beacon_rounds, outcome.blocks * 8 / 10) << "nearly every block carries a round";
}

TEST(BeaconNetwork, HoldsThroughKillsCutsSkewAndByzantineActs) {
  for (std::uint64_t seed = 1; seed <= 3; ++seed) {
    const auto outcome = live(with_beacon(seed));
    EXPECT_THAT(outcome.broken, IsEmpty()) << "seed " << seed;
    EXPECT_GT(outcome.beacon_rounds, 10u) << "seed " << seed;
    EXPECT_EQ(outcome.censors, 0u) << "an honest proposer is never accused, seed " << seed;
  }
}

TEST(BeaconNetwork, AnIdleChainIdles) {
  auto options = with_beacon(2);
  options.duration_ms = 60 * kMinuteMs;
  options.mean_pay_ms = 0;
  options.mean_fault_ms = 0;
  const auto outcome = live(options);
  EXPECT_THAT(outcome.broken, IsEmpty());
  EXPECT_EQ(outcome.beacon_groups, 1u);
  EXPECT_LT(outcome.blocks, 60u * 2 + 60) << "one block in 30 s, and some while the key is made";
}

TEST(BeaconNetwork, ALiarIsShownAndTheOthersMakeTheKey) {
  auto options = with_beacon(3);
  options.mean_fault_ms = 0;
  options.liars = 0b0001;
  const auto outcome = live(options);
  EXPECT_THAT(outcome.broken, IsEmpty());
  EXPECT_GE(outcome.dealers_out, 1u);
  EXPECT_GE(outcome.beacon_groups, 1u);
  EXPECT_GT(outcome.beacon_rounds, 10u);
}

TEST(BeaconNetwork, TooFewDealersMakeNoKeyAndTheChainGoesOn) {
  auto options = with_beacon(4);
  options.mean_fault_ms = 0;
  options.silent = 0b0011;
  const auto outcome = live(options);
  EXPECT_THAT(outcome.broken, IsEmpty());
  EXPECT_GE(outcome.failed_sessions, 1u);
  EXPECT_EQ(outcome.beacon_groups, 0u);
  EXPECT_GT(outcome.applied, 10u);
}

TEST(BeaconNetwork, ACensorIsCaughtAndNobodyElse_B_CONS_05) {
  auto options = with_beacon(5);
  options.duration_ms = 150 * kMinuteMs;
  options.mean_pay_ms = 2'000;
  options.mean_fault_ms = 0;
  options.commit_wait_ms = 5'000;  // the compute setting
  options.censors = 0b0100;
  const auto outcome = live(options);
  EXPECT_THAT(outcome.broken, IsEmpty());
  EXPECT_EQ(outcome.censors, 0b0100u);
}

// What no honest proposer can take, or only instead of another, is held against none.
TEST(BeaconNetwork, NobodyIsAccusedOfWhatCannotAllCome_B_CONS_05) {
  auto options = with_beacon(7);
  options.duration_ms = 150 * kMinuteMs;
  options.mean_pay_ms = 2'000;
  options.mean_fault_ms = 0;
  options.commit_wait_ms = 5'000;
  options.disturbers = 0b111111;
  const auto outcome = live(options);
  EXPECT_THAT(outcome.broken, IsEmpty());
  EXPECT_EQ(outcome.censors, 0u);
}

TEST(BeaconNetwork, RealPairingsTellTheSameStory) {
  auto options = with_beacon(6);
  options.duration_ms = 6 * kMinuteMs;
  options.mean_fault_ms = 0;
  const auto outcome = live_through(options, make_story(options), Signatures::real);
  EXPECT_THAT(outcome.broken, IsEmpty());
  EXPECT_EQ(outcome.beacon_groups, 1u);
  EXPECT_GT(outcome.beacon_rounds, 5u);
}

}  // namespace
}  // namespace cambium::sim
