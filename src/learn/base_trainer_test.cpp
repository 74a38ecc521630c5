#include "learn/base_trainer.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "learn/reference.hpp"
#include "learn/test_world.hpp"

namespace cambium::learn {
namespace {

double mean_nats(const SequenceLosses& losses) {
  double sum = 0;
  for (const std::int64_t loss : losses) sum += static_cast<double>(loss) / 1e9;
  return sum / static_cast<double>(losses.size());
}

TEST(base_trainer, learns_its_languages_and_not_the_new_one) {
  const TestWorld& w = TestWorld::get();
  const auto losses = measure(w.head(), w.halves(), {}).value();
  EXPECT_LT(mean_nats(losses[0]), 3.0);
  EXPECT_LT(mean_nats(losses[2]), 3.0);
  EXPECT_GT(mean_nats(losses[4]), mean_nats(losses[0]) + 1.0);
}

// The largest relative difference of any sequence's loss, anchor alone and with an expert.
TEST(base_trainer, agrees_with_the_evaluation_kernel) {
  const TestWorld& w = TestWorld::get();
  const auto with = with_candidate(w.head(), w.candidate()).value();
  double most = 0;
  for (const model::ModelWeights* model : {&w.head(), with.get()}) {
    const auto exact = measure(*model, std::span(w.halves()).subspan(4, 1), {}).value()[0];
    for (std::size_t i = 0; i < exact.size(); ++i) {
      const double nats = static_cast<double>(exact[i]) / 1e9;
      const double torch = reference_loss(*model, std::span(w.target()).subspan(i, 1)).value();
      most = std::max(most, std::fabs(torch / nats - 1));
    }
  }
  RecordProperty("largest_relative_difference", std::to_string(most * 1e9) + "e-9");
  EXPECT_LT(most, 2e-6);
}

TEST(base_trainer, goes_on_from_a_checkpoint_to_the_same_weights) {
  BaseJob job = TestWorld::get().base_job();
  job.budget.steps = 12;
  job.checkpoint_every = 5;
  const SystemClock clock;
  const BaseResult straight = train_base(job, clock, {}).value();
  job.checkpoints = fresh_folder("resume");
  const auto stopped = train_base(job, clock, [](const TrainProgress& p) {
    return p.step == 7 ? Carry::stop : Carry::on;
  });
  ASSERT_EQ(stopped.error().code, ErrorCode::cancelled);
  const BaseResult resumed = train_base(job, clock, {}).value();
  EXPECT_EQ(resumed.blocks, straight.blocks);
  EXPECT_EQ(resumed.steps, 12U);
  std::filesystem::remove_all(job.checkpoints);
}

TEST(base_trainer, refuses_a_dataset_shorter_than_a_row) {
  BaseJob job = TestWorld::get().base_job();
  job.streams[0].tokens.resize(10);
  const auto refused = train_base(job, SystemClock(), {});
  EXPECT_EQ(refused.error().code, ErrorCode::invalid_input);
}

}  // namespace
}  // namespace cambium::learn
