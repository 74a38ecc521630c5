#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "sim/network.hpp"

namespace cambium::sim {
namespace {

using testing::IsEmpty;

TEST(Simulation, HoldsWithoutFaults) {
  auto result = run_network({.seed = 3, .duration_ms = 180'000, .mean_kill_ms = 0});
  EXPECT_THAT(result.broken, IsEmpty());
  EXPECT_GT(result.packets, 5u);
}

TEST(Simulation, HoldsWhenBothChainsAreKilledAgainAndAgain) {
  for (std::uint64_t seed = 1; seed <= 3; ++seed) {
    auto result = run_network({.seed = seed, .duration_ms = 240'000, .mean_kill_ms = 8'000});
    EXPECT_THAT(result.broken, IsEmpty()) << "seed " << seed;
    EXPECT_GT(result.kills, 3u) << "seed " << seed;
  }
}

TEST(Simulation, TheSameSeedGivesTheSameHistory) {
  const SimOptions options{.seed = 9, .duration_ms = 180'000, .mean_kill_ms = 10'000};
  EXPECT_EQ(run_network(options).digest, run_network(options).digest);
}

}  // namespace
}  // namespace cambium::sim
