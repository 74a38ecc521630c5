// Networks of validators that do not know each other, in virtual time.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "sim/validators/network.hpp"

namespace cambium::sim {
namespace {

using testing::IsEmpty;

constexpr std::int64_t kMinuteMs = 60'000;

Outcome live(const StoryOptions& options) { return live_through(options, make_story(options)); }

TEST(Validators, PayWithoutFaults) {
  const auto outcome = live({.seed = 1, .duration_ms = 30 * kMinuteMs, .mean_fault_ms = 0});
  EXPECT_THAT(outcome.broken, IsEmpty());
  EXPECT_GT(outcome.applied, 20u);
}

TEST(Validators, AnIdleChainIdles) {
  const auto outcome = live(
      {.seed = 2, .duration_ms = 60 * kMinuteMs, .mean_pay_ms = 0, .mean_fault_ms = 0});
  EXPECT_THAT(outcome.broken, IsEmpty());
  EXPECT_LT(outcome.blocks, 60u * 2 + 20) << "one block in 30 s, and a few when an hour opens";
}

TEST(Validators, HoldThroughKillsCutsSkewAndByzantineActs) {
  for (std::uint64_t seed = 1; seed <= 3; ++seed) {
    const auto outcome = live({.seed = seed, .duration_ms = 40 * kMinuteMs});
    EXPECT_THAT(outcome.broken, IsEmpty()) << "seed " << seed;
    EXPECT_GT(outcome.applied, 10u) << "seed " << seed;
  }
}

TEST(Validators, ASeedReplaysToTheSameHistory) {
  const StoryOptions options{.seed = 5, .duration_ms = 20 * kMinuteMs};
  EXPECT_EQ(live(options).digest, live(options).digest);
}

TEST(Validators, RealSignaturesTellTheSameStory) {
  const StoryOptions options{.seed = 6, .duration_ms = 10 * kMinuteMs};
  const auto outcome = live_through(options, make_story(options), Signatures::real);
  EXPECT_THAT(outcome.broken, IsEmpty());
  EXPECT_GT(outcome.applied, 5u);
}

}  // namespace
}  // namespace cambium::sim
