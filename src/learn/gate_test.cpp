#include "learn/gate.hpp"

#include <gtest/gtest.h>

#include "learn/test_world.hpp"

namespace cambium::learn {
namespace {

struct Refusal {
  BadKind kind;
  GateReason reason;
};

// B/POL-01, B/POL-02: spam is stopped before anybody measures, each kind for its own reason.
class GateTest : public testing::TestWithParam<Refusal> {
 protected:
  const TestWorld& world_ = TestWorld::get();

  GateVerdict judge(std::span<const CandidateExpert> candidate) const {
    std::vector<EarlierCommit> earlier;
    for (const CandidateExpert& e : world_.candidate()) {
      earlier.push_back({"candidate 1", e.name, e.content});
    }
    return run_gate({world_.head(), candidate, earlier, world_.target(), Hash{}}).value();
  }
};

TEST_P(GateTest, refuses) {
  const auto bad = make_bad_candidate(GetParam().kind, {world_.candidate(), 5, 1}).value();
  const GateVerdict verdict = judge(bad.view());
  EXPECT_EQ(verdict.reason, GetParam().reason) << verdict.detail;
  EXPECT_FALSE(verdict.detail.empty());
}

INSTANTIATE_TEST_SUITE_P(
    spam, GateTest,
    testing::Values(Refusal{BadKind::copy, GateReason::similar_to_earlier_commit},
                    Refusal{BadKind::permuted_copy, GateReason::similar_to_earlier_commit},
                    Refusal{BadKind::wrong_shape, GateReason::wrong_shape},
                    Refusal{BadKind::non_finite, GateReason::non_finite},
                    Refusal{BadKind::trained_on_nothing, GateReason::no_gain}));

TEST(gate, noise_gains_nothing) {
  const TestWorld& w = TestWorld::get();
  const auto noise = make_bad_candidate(BadKind::noise, {w.candidate(), 5, 1}).value();
  const auto& known = w.halves()[0].sequences;  // of words that the head has learned
  const auto verdict = run_gate({w.head(), noise.view(), {}, known, Hash{}}).value();
  EXPECT_EQ(verdict.reason, GateReason::no_gain) << verdict.detail;
  EXPECT_LT(verdict.measured_nano, 0);
}

TEST(gate, lets_an_honest_expert_pass_in_under_a_second) {
  const TestWorld& w = TestWorld::get();
  const SystemClock clock;
  const std::int64_t begun = clock.monotonic_ns();
  const auto verdict = run_gate({w.head(), w.candidate(), {}, w.target(), Hash{}}).value();
  EXPECT_TRUE(verdict.passed()) << verdict.detail;
  EXPECT_LT(clock.monotonic_ns() - begun, 1'000'000'000);
}

TEST(gate, an_honest_successor_is_no_copy) {
  const TestWorld& w = TestWorld::get();
  const auto head = with_candidate(w.head(), w.candidate()).value();
  ExpertJob job = w.expert_job();
  job.head = head;
  job.budget.steps = 20;
  const auto next = train_experts(job, SystemClock(), {}).value();
  const CandidateExpert successor{next.experts[0].name, next.experts[0].content};
  const auto similar =
      functional_similarity_nano(*head, successor, w.candidate()[0], Hash{}).value();
  EXPECT_LT(similar, kSimilarityLimitNano);
}

}  // namespace
}  // namespace cambium::learn
