// The loop of the anchor's training.
#include <cmath>

#include "base/amount.hpp"
#include "crypto/sha256.hpp"
#include "learn/base_trainer.hpp"
#include "learn/detail/blocks.hpp"
#include "learn/detail/checkpoint.hpp"
#include "learn/detail/pace.hpp"
#include "learn/detail/torch_adamw.hpp"
#include "learn/detail/torch_door.hpp"
#include "learn/detail/torch_model.hpp"
#include "learn/detail/torch_step.hpp"
#include "learn/lineage.hpp"
#include "tensor/convert.hpp"

namespace cambium::learn {
namespace {

constexpr double kBalance = 0.01;
constexpr double kZLoss = 0.001;

// What must be equal for a checkpoint to be this job's.
Hash job_hash(const BaseJob& job) {
  Bytes bytes = to_bytes("cambium/base-job/v1");
  const model::Architecture& a = job.architecture;
  for (const std::uint64_t value :
       {std::uint64_t{a.vocab}, std::uint64_t{a.d_model}, std::uint64_t{a.layers},
        std::uint64_t{a.heads}, std::uint64_t{a.kv_heads}, std::uint64_t{a.ffn_dim},
        std::uint64_t{a.shared_ffn_dim}, std::uint64_t{a.experts}, std::uint64_t{a.top_k},
        job.seed, job.warm_up, static_cast<std::uint64_t>(job.learning_rate * 1e9),
        std::uint64_t{job.batch_rows}, std::uint64_t{job.row_tokens},
        job.budget.steps}) {
    append_be64(bytes, value);
  }
  for (const TokenStream& stream : job.streams) append(bytes, token_hash(stream.tokens).view());
  return crypto::sha256(bytes);
}

Status check(const BaseJob& job) {
  TRY_STATUS(model::validate(job.architecture));
  if (job.streams.empty()) {
    return fail(ErrorCode::invalid_input, "There is no text to train on; give a dataset.");
  }
  for (const TokenStream& stream : job.streams) {
    if (stream.tokens.size() > job.row_tokens + 1) continue;
    return fail(ErrorCode::invalid_input, "The dataset " + stream.dataset + " has only " +
                                              std::to_string(stream.tokens.size()) +
                                              " tokens; a training row needs more.");
  }
  return {};
}

class BaseRun {
 public:
  BaseRun(const BaseJob& job, const Clock& clock)
      : job_(job), clock_(clock), job_hash_(job_hash(job)),
        model_(detail::random_model(job.architecture, job.seed)),
        optimiser_(detail::named_tensors(model_), {}),
        pace_(job.budget, clock, std::uint64_t{job.batch_rows} * job.row_tokens) {
    Bytes seed;
    append_be64(seed, job.seed);
    plan_.seed = crypto::sha256({as_bytes("cambium/base/v1"), seed});
    plan_.batch_rows = job.batch_rows;
    plan_.row_tokens = job.row_tokens;
    for (const TokenStream& stream : job.streams) {
      plan_.shares.push_back({&stream, kNano / job.streams.size(), false});
    }
    state_.set_start_ms(clock.now().value);
  }

  Result<BaseResult> run(const OnProgress& on_progress) {
    TRY_STATUS(resume());
    if (!pace_.finished()) {
      detail::choose_threads(job_.threads, clock_, [this] { gradients(); });
    }
    pace_.begin();
    while (!pace_.finished()) {
      const double loss = gradients();
      if (!std::isfinite(loss)) {
        return fail(ErrorCode::refused, "The training loss became infinite at step " +
                                            std::to_string(pace_.step()) + "; use another seed.");
      }
      optimiser_.step(job_.learning_rate * pace_.schedule(job_.warm_up));
      pace_.step_done(loss);
      state_.add_losses(static_cast<float>(loss));
      const Carry carry = on_progress ? on_progress(pace_.progress()) : Carry::on;
      const bool due = pace_.step() % job_.checkpoint_every == 0;
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
  // Cross-entropy of the next step's batch, its gradients left in the parameters.
  double gradients() {
    optimiser_.clear_gradients();
    const detail::TorchBatch batch = detail::to_tensors(plan_.batch(pace_.step()).rows);
    const detail::ForwardResult out =
        detail::forward(model_, batch.inputs, detail::Want::logits);
    const at::Tensor loss = at::cross_entropy_loss(out.logits, batch.targets.view({-1}));
    (loss + kBalance * out.balance + kZLoss * out.z_loss).backward();
    return loss.item<double>();
  }

  Status resume() {
    if (job_.checkpoints.empty()) return {};
    TRY(auto found, detail::read_checkpoint(job_.checkpoints));
    if (!found || found->job() != as_chars(job_hash_)) return {};
    TRY_STATUS(optimiser_.load(*found));
    pace_.resume({found->step(), found->steps(), found->seconds()});
    found->clear_tensors();
    state_ = std::move(*found);
    return {};
  }

  Status save() {
    if (job_.checkpoints.empty()) return {};
    detail::TrainState state = state_;
    state.set_job(job_hash_.data.data(), Hash::kSize);
    state.set_step(pace_.step());
    state.set_steps(pace_.steps());
    state.set_seconds(pace_.seconds());
    optimiser_.save(state);
    return detail::write_checkpoint(job_.checkpoints, state);
  }

  Result<BaseResult> result() const {
    std::map<std::string, tensor::TensorView> views;
    for (const auto& [name, t] : detail::named_tensors(model_)) {
      const auto rows = static_cast<std::uint64_t>(t.dim() == 2 ? t.size(0) : 1);
      const auto cols = static_cast<std::uint64_t>(t.size(-1));
      views[name] = tensor::float_view({t.data_ptr<float>(), rows * cols}, {rows, cols});
    }
    BaseResult out;
    TRY(out.blocks, detail::bundle_blocks(views));
    out.steps = pace_.step();
    out.seconds = pace_.seconds();
    out.tokens_per_s = pace_.progress().tokens_per_s;
    out.final_loss = pace_.smoothed_loss();
    return out;
  }

  const BaseJob& job_;
  const Clock& clock_;
  Hash job_hash_;
  detail::TorchModel model_;
  detail::AdamW optimiser_;
  detail::Pace pace_;
  BatchPlan plan_;
  detail::TrainState state_;
};

}  // namespace

Result<BaseResult> detail::torch_base(const BaseJob& job, const Clock& clock,
                                      const OnProgress& on_progress) {
  TRY_STATUS(check(job));
  try {
    return BaseRun(job, clock).run(on_progress);
  } catch (const std::exception& e) {
    return fail(ErrorCode::refused, std::string("Training failed inside libtorch: ") + e.what());
  }
}

}  // namespace cambium::learn
