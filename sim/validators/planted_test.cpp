// Ten bugs planted in the kernel and the application: the checkers find each, with its seed.
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/log.hpp"
#include "base/planted_bug.hpp"
#include "sim/validators/network.hpp"

namespace cambium::sim {
namespace {

constexpr std::uint64_t kSeeds = 10;
constexpr std::int64_t kStoryMs = 45 * 60'000;

class Planted : public testing::TestWithParam<int> {
 protected:
  Planted() {
    spdlog::set_level(spdlog::level::off);
    live_planted_bug = static_cast<PlantedBug>(GetParam());
  }
  ~Planted() override { live_planted_bug = PlantedBug::none; }
};

TEST_P(Planted, IsFoundWithItsSeed) {
  for (std::uint64_t seed = 1; seed <= kSeeds; ++seed) {
    const StoryOptions options{.seed = seed, .duration_ms = kStoryMs};
    const auto outcome = live_through(options, make_story(options));
    if (outcome.broken.empty()) continue;
    fmt::print("planted bug {} found by seed {}: {}\n", GetParam(), seed, outcome.broken.front());
    return;
  }
  FAIL() << "no seed found planted bug " << GetParam();
}

INSTANTIATE_TEST_SUITE_P(All, Planted, testing::Range(1, kPlantedBugs + 1));

TEST(PlantedBugs, AreFoundOnlyWhereTheyWerePlanted) {
  spdlog::set_level(spdlog::level::off);
  const StoryOptions options{.seed = 1, .duration_ms = kStoryMs};
  EXPECT_THAT(live_through(options, make_story(options)).broken, testing::IsEmpty());
}

TEST(PlantedBugs, AStoryIsShortenedToWhatMatters) {
  live_planted_bug = PlantedBug::double_sign_unpunished;
  StoryOptions options{.duration_ms = kStoryMs};
  std::vector<Action> story;
  Outcome outcome;
  while (outcome.broken.empty()) {
    ++options.seed;
    story = make_story(options);
    outcome = live_through(options, story);
  }
  const auto shortest = shorten(options, story, outcome.broken.front());
  live_planted_bug = PlantedBug::none;
  ASSERT_EQ(shortest.size(), 1u) << "of " << story.size();
  EXPECT_EQ(shortest.front().kind, ActionKind::double_sign);
}

}  // namespace
}  // namespace cambium::sim
