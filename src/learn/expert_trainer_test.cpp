#include "learn/expert_trainer.hpp"

#include <gtest/gtest.h>

#include "learn/lineage.hpp"
#include "learn/test_world.hpp"

namespace cambium::learn {
namespace {

std::vector<SliceMeasurement> measured(const TestWorld& w,
                                       std::span<const CandidateExpert> candidate) {
  const auto with = with_candidate(w.head(), candidate).value();
  const auto before = measure(w.head(), w.halves(), {}).value();
  const auto after = measure(*with, w.halves(), {}).value();
  std::vector<SliceMeasurement> out;
  for (std::size_t i = 0; i < w.halves().size(); ++i) {
    out.push_back(compare(w.halves()[i], before[i], after[i]));
  }
  return out;
}

TEST(expert_trainer, gains_on_the_new_domain_and_harms_no_other) {
  const TestWorld& w = TestWorld::get();
  const Forecast f = forecast(measured(w, w.candidate()), "law");
  EXPECT_TRUE(f.accepted) << f.reason;
}

// Issue 3, must show 4: an expert whose down is zero leaves every bit as it was.
TEST(expert_trainer, an_expert_that_learned_nothing_changes_no_bit) {
  const TestWorld& w = TestWorld::get();
  const auto nothing =
      make_bad_candidate(BadKind::trained_on_nothing, {w.candidate(), 5, 1}).value();
  for (const SliceMeasurement& m : measured(w, nothing.view())) {
    EXPECT_EQ(m.sum_squares, 0U) << m.slice;
  }
}

TEST(expert_trainer, an_open_gate_helps_its_slice_and_is_refused_for_harm) {
  const TestWorld& w = TestWorld::get();
  const auto open = make_bad_candidate(BadKind::helps_but_harms, {w.candidate(), 5, 1}).value();
  const Forecast f = forecast(measured(w, open.view()), "law");
  EXPECT_FALSE(f.accepted);
  EXPECT_NE(f.reason.find("harms"), std::string::npos) << f.reason;
}

TEST(expert_trainer, refuses_an_anchor_expert_and_two_of_one_layer) {
  ExpertJob job = TestWorld::get().expert_job();
  job.experts = {{0, 1}};
  EXPECT_EQ(train_experts(job, SystemClock(), {}).error().code, ErrorCode::invalid_input);
  job.experts = {{0, 4}, {0, 5}};
  EXPECT_EQ(train_experts(job, SystemClock(), {}).error().code, ErrorCode::invalid_input);
}

TEST(expert_trainer, goes_on_from_a_checkpoint_with_the_same_manifest) {
  ExpertJob job = TestWorld::get().expert_job();
  job.budget.steps = 12;
  const SystemClock clock;
  const auto straight = train_experts(job, clock, {}).value();
  job.checkpoints = fresh_folder("expert");
  const auto stop = [](const TrainProgress& p) { return p.step == 9 ? Carry::stop : Carry::on; };
  ASSERT_EQ(train_experts(job, clock, stop).error().code, ErrorCode::cancelled);
  const auto resumed = train_experts(job, clock, {}).value();
  EXPECT_EQ(resumed.experts[0].root, straight.experts[0].root);
  EXPECT_EQ(resumed.experts[0].lineage.batch_root(), straight.experts[0].lineage.batch_root());
  EXPECT_EQ(resumed.experts[0].lineage.log_hash(), straight.experts[0].lineage.log_hash());
  std::filesystem::remove_all(job.checkpoints);
}

}  // namespace
}  // namespace cambium::learn
