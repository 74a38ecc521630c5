#include "chain/modules/evaluation/statistics.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "base/random.hpp"

namespace cambium::chain::evaluation {
namespace {

GainSums sums(const std::vector<std::int64_t>& gains) {
  GainSums out;
  for (const auto gain : gains) {
    ++out.count;
    out.sum += gain;
    out.sum_squares += u128(gain < 0 ? -gain : gain) * u128(gain < 0 ? -gain : gain);
  }
  return out;
}

TEST(GainBounds, AgreeWithFloatingPointWithinOneStep_B_POL_02) {
  SeededRandom random(3);
  for (int round = 0; round < 200; ++round) {
    const auto n = 2 + random.below(600);
    std::vector<std::int64_t> gains;
    for (std::uint64_t i = 0; i < n; ++i) {
      gains.push_back(std::int64_t(random.below(3 * kNano)) - std::int64_t(kNano));
    }
    long double mean = 0, spread = 0;
    for (const auto gain : gains) mean += (long double)gain / (long double)n;
    for (const auto gain : gains) spread += ((long double)gain - mean) * ((long double)gain - mean);
    const long double error = std::sqrt(spread / (long double)(n - 1) / (long double)n);
    const long double t = (long double)t_quantile_micro(n - 1) / 1e6L;

    const auto bounds = bounds_of(sums(gains));
    ASSERT_TRUE(bounds);
    EXPECT_NEAR(double(bounds->lower), double(mean - t * error), double(t) + 3);
    EXPECT_LE(bounds->lower, mean - t * error) << "rounding goes against the candidate";
    EXPECT_GE(bounds->upper_harm, -mean + t * error);
  }
}

TEST(GainBounds, RefuseSumsThatNoSampleHas) {
  EXPECT_FALSE(bounds_of({1, 5, 25})) << "one sequence has no variance";
  EXPECT_FALSE(bounds_of({10, 100, 99})) << "squares below Cauchy and Schwarz";
  EXPECT_FALSE(bounds_of({2, INT64_MIN, 1}));
  EXPECT_FALSE(bounds_of({2, 0, ~u128(0)}));
  EXPECT_TRUE(bounds_of({10, 100, 1000}));
}

TEST(IntegerSqrt, IsTheFloorAtTheEdges) {
  EXPECT_EQ(integer_sqrt(0), 0u);
  EXPECT_EQ(integer_sqrt(15), 3u);
  EXPECT_EQ(integer_sqrt(16), 4u);
  EXPECT_EQ(integer_sqrt(~u128(0)), UINT64_MAX);
}

TEST(LnRatio, AgreesWithFloatingPoint) {
  SeededRandom random(5);
  for (int i = 0; i < 2000; ++i) {
    const auto den = 1 + random.below(UINT64_C(1) << (1 + random.below(63)));
    const auto num = den + random.below(UINT64_MAX - den);
    const auto expected = (std::log((long double)num) - std::log((long double)den)) * 1e9L;
    EXPECT_NEAR(double(ln_ratio_nano(num, den)), double(expected), 2.5);
  }
  EXPECT_EQ(ln_ratio_nano(7, 7), 0u);
  EXPECT_EQ(ln_ratio_nano(6, 7), 0u);
  EXPECT_EQ(ln_ratio_nano(7, 0), 0u);
}

TEST(TQuantile, FallsWithDegreesAndNeverBelowTheNormal) {
  for (std::uint64_t d = 1; d < 20'000; ++d) {
    ASSERT_LE(t_quantile_micro(d + 1), t_quantile_micro(d));
    ASSERT_GT(t_quantile_micro(d), 2'326'347u);
  }
}

}  // namespace
}  // namespace cambium::chain::evaluation
