// The second half of the main job: an expert that earns its place.
#include <fmt/format.h>

#include "base/crash_point.hpp"
#include "chain/modules/evaluation/evaluation.hpp"
#include "chain/modules/rewards/rewards.hpp"
#include "node/main_job_impl.hpp"
#include "node/prepared_files.hpp"

namespace cambium::node {
namespace {

namespace pb = cambium::evaluation::v1;

const CrashPoint kAfterVerdict("node.job.after_verdict");
const CrashPoint kAfterReward("node.job.after_reward");

constexpr int kRewardBlocks = 120;

}  // namespace

Contribution MainJob::Impl::contribution_job() const {
  Contribution job;
  job.model = kMainModel;
  job.target_slice = kNewDataset;
  for (std::uint32_t layer = 0; layer < corpus.recipe().architecture.layers; ++layer) {
    job.layers.push_back(layer);
  }
  for (const auto& half : halves) {
    if (half.half == learn::Half::public_half) job.public_halves.push_back(half);
  }
  job.recipe = corpus.recipe();
  job.folder = paths.train("expert");
  return job;
}

Status MainJob::Impl::add_text(Contribution& job) const {
  TRY(job.domain, stream(kNewDataset));
  for (auto id : kBaseDatasets) {
    TRY(auto replay, stream(id));
    job.replay.push_back(std::move(replay));
  }
  return {};
}

Status MainJob::Impl::contribute() {
  if (!report.experts.empty()) return {};
  TRY(auto backend, local_backend(node, kTrainerKey));
  auto job = contribution_job();
  TRY_STATUS(add_text(job));
  const std::string run = node.progress().begin(
      {"expert", "expert", fmt::format("An expert for {}", kNewDataset), 0});
  tell("train", fmt::format("training one expert a layer on {}", kNewDataset));
  auto candidate = node::contribute(*backend, job, node.clock(), {to_board(run), to_story(run)});
  const bool accepted =
      candidate && candidate->status() == pb::CANDIDATE_STATUS_ACCEPTED;
  static_cast<void>(node.progress().update(
      run, {.step = {}, .steps = {}, .loss = {}, .tokens_per_s = {}, .eta_s = 0,
            .state = accepted ? RunState::done : RunState::failed,
            .detail = {{"phase", accepted ? "accepted" : "refused"}}}));
  if (!candidate) return tl::unexpected<Error>(candidate.error());
  kAfterVerdict.pass();
  if (!accepted) {
    return fail(ErrorCode::refused, fmt::format("The expert was not accepted: {}. Train longer, "
                                                "or delete {} to start it again.",
                                                told(candidate->verdict()),
                                                job.folder.string()));
  }
  tell("train", fmt::format("candidate {} accepted", candidate->id()));
  TRY_STATUS(await_reward(*candidate));
  TRY(auto after, measure_served("after"));
  report.after = std::move(after);
  const auto answers = answer_prompts();
  for (std::size_t i = 0; i < answers.size(); ++i) report.continuations[i].after = answers[i];
  TRY(auto prepared, load_prepared(job.folder));
  if (prepared) {
    for (const auto& e : prepared->experts) report.experts.push_back(model::to_text(e.name));
  }
  return save();
}

// The packet with the reward crosses to the utility chain by itself; the relay role carries it.
Status MainJob::Impl::await_reward(const pb::Candidate& candidate) {
  namespace rewards = chain::rewards;
  TRY(auto backend, local_backend(node, kTrainerKey));
  const Bytes key = rewards::kPayouts.key({candidate.model(), candidate.id()});
  for (int blocks = 0; blocks < kRewardBlocks; ++blocks) {
    TRY(auto view, node.utility().state_at());
    if (auto bytes = view.get(key)) {
      report.reward_ucbm = rewards::kPayouts.decoded(*bytes).reward_ucbm();
      report.trainer = crypto::address_of(backend->key().public_key()).text();
      tell("reward", fmt::format("{} paid to {} on the utility chain",
                                 to_text(Amount{report.reward_ucbm}), report.trainer));
      kAfterReward.pass();
      return save();
    }
    if (stopped()) return fail(ErrorCode::cancelled, "Stopped as asked; `cambium up` goes on.");
    TRY_STATUS(backend->next_block(blocks < 20 ? TrainerBackend::Pace::hurry
                                               : TrainerBackend::Pace::wait));
  }
  return fail(ErrorCode::timeout, "The reward does not arrive on the utility chain; is the role "
                                  "`relay` switched on?");
}

Status MainJob::Impl::finish() {
  double total = 0;
  for (const auto& timing : report.timings) total += timing.seconds;
  for (const auto& timing : report.timings) {
    tell("report", fmt::format("{:<20} {:7.1f} s", timing.part, timing.seconds));
  }
  tell("report", fmt::format("{:<20} {:7.1f} s", "all", total));
  return save();
}

}  // namespace cambium::node
