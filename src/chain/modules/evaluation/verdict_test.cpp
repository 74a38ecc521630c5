#include "chain/modules/evaluation/verdict.hpp"

#include <gtest/gtest.h>

#include "base/amount.hpp"

namespace cambium::chain::evaluation {
namespace {

constexpr std::int64_t kMilli = 1'000'000;  // 0.001 nats in nano

struct Measured {
  std::int64_t gain_milli;        // mean of the slice
  std::int64_t spread_milli = 1;  // every other sequence is this far above, the rest below
};

pb::SliceReport slice(const std::string& name, pb::Half half, Measured measured) {
  pb::SliceReport out;
  out.set_slice(name);
  out.set_half(half);
  out.set_sequences(100);
  out.set_tokens(12'800);
  const std::int64_t mean = measured.gain_milli * kMilli;
  const std::int64_t spread = measured.spread_milli * kMilli;
  out.set_sum_gain_nano(mean * 100);
  const auto squares = u128(100) * u128(mean * mean + spread * spread);
  out.set_sum_squares_high(std::uint64_t(squares >> 64));
  out.set_sum_squares_low(std::uint64_t(squares));
  out.set_incumbent_loss_nano(5'000 * kMilli);
  out.set_candidate_loss_nano(std::uint64_t(5'000 * kMilli - mean));
  out.set_losses_root(std::string(32, 'r'));
  return out;
}

/// Slices "code" (the target) and "law", both halves of each.
struct Story {
  Measured code_public{100}, code_hidden{100}, law_public{0}, law_hidden{0};

  pb::Report report() const {
    pb::Report out;
    *out.add_slices() = slice("code", pb::HALF_PUBLIC, code_public);
    *out.add_slices() = slice("code", pb::HALF_HIDDEN, code_hidden);
    *out.add_slices() = slice("law", pb::HALF_PUBLIC, law_public);
    *out.add_slices() = slice("law", pb::HALF_HIDDEN, law_hidden);
    return out;
  }
};

class Verdict : public testing::Test {
 protected:
  Verdict() {
    params.set_min_gain_nano(20 * kMilli);
    params.set_max_harm_nano(10 * kMilli);
    params.set_max_cumulative_harm_nano(30 * kMilli);
    params.set_min_sequences(10);
    params.set_min_tokens(1000);
  }
  pb::Params params;
  VerdictRules rules{params, "code", {"code", "law"}, {}};

  pb::Verdict of(const Story& story) {
    const pb::Report one[] = {story.report()};
    EXPECT_TRUE(check_report(one[0], rules));
    return decide(one, rules);
  }
};

TEST_F(Verdict, AcceptsAGainWithoutHarm_B_POL_02) {
  const auto verdict = of({});
  EXPECT_TRUE(verdict.accepted());
  EXPECT_EQ(verdict.slices(0).mean_gain_nano(), 100 * kMilli);
  EXPECT_GT(verdict.slices(0).lower_bound_nano(), 99 * kMilli);
}

TEST_F(Verdict, RefusesAGainThatOnlyThePublicHalfShows) {
  const auto verdict = of({.code_hidden = {10}});
  EXPECT_EQ(verdict.reason(), pb::REASON_NO_GAIN);
  EXPECT_EQ(verdict.half(), pb::HALF_HIDDEN);
  EXPECT_EQ(verdict.limit_nano(), 20 * kMilli);
  EXPECT_LT(verdict.measured_nano(), 10 * kMilli);
}

TEST_F(Verdict, RefusesAGainThatMayBeLuck) {
  EXPECT_EQ(of({.code_public = {100, 400}}).reason(), pb::REASON_NO_GAIN);
}

TEST_F(Verdict, RefusesHarmToAnotherSliceWithItsNumbers) {
  const auto verdict = of({.law_public = {-12}});
  EXPECT_EQ(verdict.reason(), pb::REASON_HARM);
  EXPECT_EQ(verdict.slice(), "law");
  EXPECT_GT(verdict.measured_nano(), 12 * kMilli);
}

TEST_F(Verdict, RefusesHarmThatAddsUpOverASeason) {
  rules.harm_nano["law"] = std::uint64_t(25 * kMilli);
  const auto verdict = of({.law_hidden = {-8}});
  EXPECT_EQ(verdict.reason(), pb::REASON_CUMULATIVE_HARM);
  EXPECT_EQ(verdict.measured_nano(), 33 * kMilli);
}

TEST_F(Verdict, TakesTheMedianSoThatABribedMinorityCannotAccept) {
  const auto honest = Story{.code_public = {1}}.report();
  const auto bribed = Story{}.report();
  const pb::Report committee[] = {honest, bribed, honest, honest, bribed};
  EXPECT_FALSE(decide(committee, rules).accepted());
  EXPECT_EQ(agreement(committee), (std::vector<bool>{true, false, true, true, false}));
}

TEST_F(Verdict, TellsTheGatesReasonAndNumbers_B_POL_06) {
  pb::Report refused;
  refused.mutable_gate()->set_reason(pb::REASON_SIMILAR_TO_EARLIER_COMMIT);
  refused.mutable_gate()->set_measured_nano(990 * kMilli);
  refused.mutable_gate()->set_limit_nano(950 * kMilli);
  refused.mutable_gate()->set_other_candidate(4);
  const pb::Report one[] = {refused};
  ASSERT_TRUE(check_report(refused, rules));
  const auto verdict = decide(one, rules);
  EXPECT_EQ(verdict.reason(), pb::REASON_SIMILAR_TO_EARLIER_COMMIT);
  EXPECT_EQ(verdict.measured_nano(), 990 * kMilli);
  EXPECT_EQ(verdict.other_candidate(), 4u);
}

TEST_F(Verdict, IncompleteReportsAreMalformed) {
  auto report = Story{}.report();
  report.mutable_slices()->RemoveLast();
  EXPECT_FALSE(check_report(report, rules));
  report = Story{}.report();
  report.mutable_slices(1)->set_half(pb::HALF_PUBLIC);
  EXPECT_FALSE(check_report(report, rules));
  report = Story{}.report();
  report.mutable_slices(0)->set_sequences(9);
  EXPECT_FALSE(check_report(report, rules));
}

}  // namespace
}  // namespace cambium::chain::evaluation
