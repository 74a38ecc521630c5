#include "base/crash_point.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>

namespace cambium {
namespace {

const CrashPoint kHere("base.test_point");

void pass_times(int times) {
  for (int i = 0; i < times; ++i) kHere.pass();
  std::exit(0);
}

TEST(CrashPoint, NothingHappensUnarmed) { kHere.pass(); }

TEST(CrashPoint, KillsAtTheNamedPassageAndNotBefore) {
  testing::FLAGS_gtest_death_test_style = "threadsafe";
  ::setenv("CAMBIUM_CRASH_AT", "base.test_point:3", 1);
  EXPECT_EXIT(pass_times(2), testing::ExitedWithCode(0), "");
  EXPECT_EXIT(pass_times(3), testing::KilledBySignal(kCrashSignal), "");
  ::unsetenv("CAMBIUM_CRASH_AT");
}

TEST(CrashPoint, AStarStandsForAnyPoint) {
  testing::FLAGS_gtest_death_test_style = "threadsafe";
  ::setenv("CAMBIUM_CRASH_AT", "*:2", 1);
  EXPECT_EXIT(pass_times(1), testing::ExitedWithCode(0), "");
  EXPECT_EXIT(pass_times(2), testing::KilledBySignal(kCrashSignal), "");
  ::unsetenv("CAMBIUM_CRASH_AT");
}

int passages = 0;

TEST(CrashPoint, AWatcherHearsOfEveryPassage) {
  watch_crash_points([](std::string_view name) { passages += name == "base.test_point" ? 1 : 0; });
  kHere.pass();
  kHere.pass();
  watch_crash_points(nullptr);
  kHere.pass();
  EXPECT_EQ(passages, 2);
}

TEST(CrashPoint, IsListed) {
  const auto names = crash_point_names();
  EXPECT_TRUE(std::binary_search(names.begin(), names.end(), "base.test_point"));
}

}  // namespace
}  // namespace cambium
