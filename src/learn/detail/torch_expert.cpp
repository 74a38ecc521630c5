// The loop of a contributed expert's training.
#include <algorithm>
#include <cmath>

#include "crypto/payload_tree.hpp"
#include "learn/detail/manifest.hpp"
#include "learn/detail/pace.hpp"
#include "learn/detail/torch_adamw.hpp"
#include "learn/detail/torch_calibrate.hpp"
#include "learn/detail/torch_door.hpp"
#include "learn/detail/torch_expert_parts.hpp"
#include "learn/detail/torch_model.hpp"
#include "learn/detail/torch_step.hpp"
#include "learn/expert_trainer.hpp"

namespace cambium::learn {
namespace {

constexpr std::uint64_t kWarmUp = 10;     // steps
constexpr std::uint64_t kRootEvery = 8;   // steps between the roots in the manifest
constexpr std::uint64_t kSaveEvery = 40;  // steps between checkpoints on disk
constexpr std::size_t kLeastRows = 24;    // that calibrate, of each anchor dataset
constexpr std::size_t kMostRows = 64;
constexpr double kGateRate = 4;           // times the learning rate, for gate rows and biases

class ExpertRun {
 public:
  ExpertRun(const ExpertJob& job, const Clock& clock)
      : job_(job), clock_(clock), job_hash_(detail::job_hash(job)),
        plan_{job.seed, job.batch_rows, job.row_tokens, detail::shares_of(job)},
        model_(detail::borrow_model(job.head->view())),
        parts_(model_, job, plan_), optimiser_(parts_.named(), {.row_rate = kGateRate}),
        pace_(job.budget, clock, std::uint64_t{job.batch_rows} * job.row_tokens),
        cpu_begun_(detail::cpu_ms()) {
    state_.set_start_ms(clock.now().value);
  }

  Result<ExpertResult> run(const OnProgress& on_progress) {
    TRY_STATUS(resume());
    if (!pace_.finished()) {
      const Batch first = plan_.batch(pace_.step());
      detail::choose_threads(job_.threads, clock_, [&] { gradients(first); });
    }
    pace_.begin();
    while (!pace_.finished()) {
      TRY_STATUS(step());
      const Carry carry = on_progress ? on_progress(pace_.progress()) : Carry::on;
      const bool due = pace_.step() % kSaveEvery == 0;
      if (due || carry == Carry::stop || pace_.finished()) TRY_STATUS(save());
      if (carry == Carry::stop && !pace_.finished()) {
        return fail(ErrorCode::cancelled, "Training stopped at step " +
                                              std::to_string(pace_.step()) +
                                              "; the same command goes on from there.");
      }
    }
    return result();
  }

 private:
  double gradients(const Batch& batch) {
    optimiser_.clear_gradients();
    return detail::ExpertLoss{model_, job_, plan_, parts_.places()}.gradients(batch);
  }

  Status step() {
    const Batch batch = plan_.batch(pace_.step());
    state_.add_leaves(to_string(batch.leaf().view()));
    const double loss = gradients(batch);
    if (!std::isfinite(loss)) {
      return fail(ErrorCode::refused, "The training loss became infinite at step " +
                                          std::to_string(pace_.step()) +
                                          "; lower the learning rate.");
    }
    optimiser_.step(job_.scheme.rate * pace_.schedule(kWarmUp));
    pace_.step_done(loss);
    state_.add_losses(static_cast<float>(loss));
    if (pace_.step() % kRootEvery == 0 || pace_.finished()) add_roots();
    return {};
  }

  Status resume() {
    if (job_.checkpoints.empty()) return {};
    TRY(auto found, detail::read_checkpoint(job_.checkpoints));
    if (!found || found->job() != as_chars(job_hash_)) return {};
    TRY_STATUS(optimiser_.load(*found));
    pace_.resume({found->step(), found->steps(), found->seconds()});
    found->clear_tensors();
    state_ = std::move(*found);
    cpu_earlier_ = state_.cpu_ms();
    return {};
  }

  void stamp(detail::TrainState& state) const {
    state.set_job(to_string(job_hash_.view()));
    state.set_step(pace_.step());
    state.set_steps(pace_.steps());
    state.set_seconds(pace_.seconds());
    state.set_cpu_ms(cpu_earlier_ + detail::cpu_ms() - cpu_begun_);
  }

  Status save() {
    if (job_.checkpoints.empty()) return {};
    detail::TrainState state = state_;
    stamp(state);
    optimiser_.save(state);
    return detail::write_checkpoint(job_.checkpoints, state);
  }

  void calibrate() {
    // A short run is not measured longer than it trained.
    const std::size_t count = std::clamp(pace_.step() / 4, kLeastRows, kMostRows);
    const auto rows = detail::held_back_rows(plan_, pace_.step(), count);
    detail::calibrate({model_, parts_.places(), rows, job_.scheme.most_harm});
    add_roots();
  }

  void add_roots() {
    auto* checkpoint = state_.add_checkpoints();
    checkpoint->set_step(pace_.step());
    checkpoint->set_weights(to_string(optimiser_.weights_hash().view()));
    checkpoint->set_optimiser(to_string(optimiser_.optimiser_hash().view()));
  }

  Result<ExpertResult> result() {
    calibrate();
    stamp(state_);
    TRY(auto blocks, parts_.contents());
    ExpertResult out;
    const TimeMs end = clock_.now();
    for (const model::ExpertName& name : job_.experts) {
      Bytes& content = blocks[model::to_text(name)];
      const Hash root = crypto::payload_root(content);
      out.experts.push_back({name, std::move(content), root,
                             detail::manifest_of({job_, state_, plan_, end}, name)});
    }
    for (const auto& leaf : state_.leaves()) {
      out.batch_leaves.push_back(*Hash::from(as_bytes(leaf)));
    }
    out.steps = pace_.step();
    out.seconds = pace_.seconds();
    out.tokens_per_s = pace_.progress().tokens_per_s;
    out.final_loss = pace_.smoothed_loss();
    return out;
  }

  const ExpertJob& job_;
  const Clock& clock_;
  Hash job_hash_;
  BatchPlan plan_;
  detail::TorchModel model_;
  detail::ExpertParts parts_;
  detail::AdamW optimiser_;
  detail::Pace pace_;
  detail::TrainState state_;
  std::uint64_t cpu_begun_ = 0;
  std::uint64_t cpu_earlier_ = 0;
};

}  // namespace

Result<ExpertResult> detail::torch_expert(const ExpertJob& job, const Clock& clock,
                                          const OnProgress& on_progress) {
  try {
    return ExpertRun(job, clock).run(on_progress);
  } catch (const std::exception& e) {
    return fail(ErrorCode::refused, std::string("Training failed inside libtorch: ") + e.what());
  }
}

}  // namespace cambium::learn
