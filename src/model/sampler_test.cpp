#include "model/sampler.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <set>

namespace cambium::model {
namespace {

const std::vector<float> kLogits = {1.0F, 3.0F, 2.0F, 3.0F, -1.0F};

std::set<std::uint32_t> drawn(const Sampling& sampling) {
  std::set<std::uint32_t> tokens;
  for (std::uint64_t position = 0; position < 2000; ++position) {
    tokens.insert(sample(sampling, kLogits, position));
  }
  return tokens;
}

TEST(Sampler, ColdTakesTheLikeliestAndTiesGoToTheLower) {
  EXPECT_EQ(sample({.temperature = 0.0F, .request = {}}, kLogits, 0), 1U);
}

TEST(Sampler, ADrawDependsOnRequestNonceAndPositionOnly) {
  const Sampling a{.request = {}, .nonce = 1};
  Sampling other_nonce = a;
  other_nonce.nonce = 2;
  Sampling other_request = a;
  other_request.request.data[0] = 1;
  EXPECT_EQ(draw_at(a, 5), draw_at(a, 5));
  EXPECT_NE(draw_at(a, 5), draw_at(a, 6));
  EXPECT_NE(draw_at(a, 5), draw_at(other_nonce, 5));
  EXPECT_NE(draw_at(a, 5), draw_at(other_request, 5));
}

TEST(Sampler, FrequenciesFollowTheSoftmax) {
  int ones = 0;
  const int draws = 20'000;
  for (int i = 0; i < draws; ++i) {
    ones += sample({.request = {}}, kLogits, static_cast<std::uint64_t>(i)) == 1U ? 1 : 0;
  }
  double total = 0;
  for (const float logit : kLogits) total += std::exp(logit);
  EXPECT_NEAR(ones / static_cast<double>(draws), std::exp(3.0) / total, 0.012);
}

TEST(Sampler, FiltersKeepTheLikeliest) {
  EXPECT_EQ(drawn({.request = {}}).size(), 5U);
  EXPECT_EQ(drawn({.top_k = 2, .request = {}}), (std::set<std::uint32_t>{1, 3}));
  EXPECT_EQ(drawn({.top_p = 0.7F, .request = {}}), (std::set<std::uint32_t>{1, 3}));
  EXPECT_EQ(drawn({.top_p = 0.01F, .request = {}}), (std::set<std::uint32_t>{1}));
  EXPECT_EQ(drawn({.min_p = 0.2F, .request = {}}), (std::set<std::uint32_t>{1, 2, 3}));
}

TEST(Sampler, NumbersOutOfRangeAreRefused) {
  EXPECT_TRUE(validate({.request = {}}));
  EXPECT_FALSE(validate({.temperature = -1.0F, .request = {}}));
  EXPECT_FALSE(validate({.temperature = std::nanf(""), .request = {}}));
  EXPECT_FALSE(validate({.top_p = 0.0F, .request = {}}));
  EXPECT_FALSE(validate({.min_p = 1.0F, .request = {}}));
}

}  // namespace
}  // namespace cambium::model
