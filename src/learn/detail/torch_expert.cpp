// train_experts: the loop of a contributed expert's training.
#include <algorithm>
#include <cmath>

#include "base/random.hpp"
#include "crypto/payload_tree.hpp"
#include "learn/detail/blocks.hpp"
#include "learn/detail/manifest.hpp"
#include "learn/detail/pace.hpp"
#include "learn/detail/torch_adamw.hpp"
#include "learn/detail/torch_calibrate.hpp"
#include "learn/detail/torch_gate_fit.hpp"
#include "learn/detail/torch_model.hpp"
#include "learn/detail/torch_step.hpp"
#include "learn/expert_trainer.hpp"
#include "tensor/convert.hpp"

namespace cambium::learn {
namespace {

constexpr double kGateWeight = 0.2;       // of the gates' loss beside cross-entropy
constexpr std::uint64_t kWarmUp = 10;     // steps
constexpr std::uint64_t kRootEvery = 8;   // steps between the roots in the manifest
constexpr std::uint64_t kSaveEvery = 40;  // steps between checkpoints on disk
constexpr std::uint64_t kFitBatches = 12;  // whose hidden states the gates start from
constexpr std::size_t kCalibrationRows = 64;  // at most, of each anchor dataset
// The lowest gate sees the least context and the gates above learn to follow it: a mistake there is
// made everywhere, so its replay weighs this much more.
constexpr double kFirstGate = 1.5;
// Few anchor tokens pass a gate, so those that do must count for the expert to spare them.
constexpr double kReplayLoss = 10;
constexpr double kGateRate = 4;           // times the learning rate, for gate rows and biases
constexpr double kInitStd = 0.05;         // of gate and up

at::Tensor normal(std::int64_t rows, std::int64_t cols, SeededRandom& random) {
  at::Tensor out = at::empty({rows, cols}, at::kFloat);
  auto* data = out.data_ptr<float>();
  for (std::int64_t i = 0; i < out.numel(); ++i) {
    double sum = -6;  // twelve uniforms less six: near enough to normal for a start
    for (int k = 0; k < 12; ++k) sum += random.unit();
    data[i] = static_cast<float>(kInitStd * sum);
  }
  return out;
}

class ExpertRun {
 public:
  ExpertRun(const ExpertJob& job, const Clock& clock)
      : job_(job), clock_(clock), job_hash_(detail::job_hash(job)),
        plan_{job.seed, job.batch_rows, job.row_tokens, detail::shares_of(job)},
        model_(detail::borrow_model(job.head->view())),
        optimiser_(make_experts(), {.row_rate = kGateRate}),
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
  // Places the trained experts into the borrowed model and returns their tensors by name.
  std::map<std::string, at::Tensor> make_experts() {
    SeededRandom random(read_be64(job_.seed.view().first(8)));
    std::map<std::string, at::Tensor> named;
    const std::vector<detail::GateStart> starts = fit_gates();
    for (std::size_t i = 0; i < job_.experts.size(); ++i) {
      const model::ExpertName& name = job_.experts[i];
      auto& contributed = place_of(name);
      if (!contributed.row.defined()) {
        const std::int64_t inner = model_.architecture.ffn_dim;
        const std::int64_t d = model_.architecture.d_model;
        contributed.expert.gate = normal(inner, d, random);
        contributed.expert.up = normal(inner, d, random);
        contributed.expert.down = at::zeros({d, inner}, at::kFloat);
        contributed.row = starts[i].row;
        contributed.bias = starts[i].bias;
      }
      const std::string at = model::to_text(name);
      named[at + ".gate"] = contributed.expert.gate;
      named[at + ".up"] = contributed.expert.up;
      named[at + ".down"] = contributed.expert.down;
      named[at + ".row"] = contributed.row;
      named[at + ".bias"] = contributed.bias;
    }
    return named;
  }

  // The slot's place in its layer. A slot that is taken continues from its parent's weights, which
  // must be copied out of the mapping first.
  detail::TorchContributed& place_of(const model::ExpertName& name) {
    auto& list = model_.layers[name.layer].contributed;
    auto at = list.begin();
    while (at != list.end() && at->slot < name.expert) ++at;
    if (at == list.end() || at->slot != name.expert) {
      return *list.insert(at, {name.expert, {}, {}, {}});
    }
    for (at::Tensor* t : {&at->expert.gate, &at->expert.up, &at->expert.down, &at->row,
                          &at->bias}) {
      *t = t->clone();
    }
    return *at;
  }

  std::vector<detail::GateStart> fit_gates() const {
    const at::NoGradGuard no_grad;
    // Hidden states by layer, then by share of the plan; the first share is the domain.
    std::vector<std::vector<std::vector<at::Tensor>>> states(
        model_.layers.size(), std::vector<std::vector<at::Tensor>>(plan_.shares.size()));
    for (std::uint64_t i = 0; i < kFitBatches; ++i) {
      const Batch batch = plan_.batch(i);
      const auto out = detail::forward(model_, detail::to_tensors(batch.rows).inputs,
                                       detail::Want::states);
      for (std::size_t l = 0; l < out.ffn_inputs.size(); ++l) {
        for (std::size_t r = 0; r < batch.rows.size(); ++r) {
          states[l][batch.streams[r]].push_back(out.ffn_inputs[l].narrow(
              0, static_cast<std::int64_t>(r) * job_.row_tokens, job_.row_tokens));
        }
      }
    }
    std::vector<detail::GateStart> starts;
    for (const model::ExpertName& name : job_.experts) {
      const auto& here = states[name.layer];
      detail::GateFit fit{at::cat(here[0]), {}};
      for (std::size_t s = 1; s < here.size(); ++s) {
        if (!here[s].empty()) fit.anchors.push_back(at::cat(here[s]));
      }
      starts.push_back(detail::fit_gate(fit));
    }
    return starts;
  }

  // True for the tokens of replay rows, [rows * T].
  at::Tensor replay_mask(const Batch& batch) const {
    const auto rows = static_cast<std::int64_t>(batch.rows.size());
    at::Tensor mask = at::zeros({rows, job_.row_tokens}, at::kBool);
    for (std::int64_t r = 0; r < rows; ++r) {
      if (plan_.shares[batch.streams[static_cast<std::size_t>(r)]].replay) mask[r].fill_(true);
    }
    return mask.view({-1});
  }

  // Mean over this candidate's gates of the weighted binary cross-entropy.
  at::Tensor gate_loss(const detail::ForwardResult& out, const at::Tensor& replay) const {
    const at::Tensor wanted = replay.logical_not().to(at::kFloat);
    at::Tensor sum = at::zeros({}, at::kFloat);
    for (const model::ExpertName& name : job_.experts) {
      const bool first = name == job_.experts.front();
      const double replayed = job_.replay_weight * (first ? kFirstGate : 1.0);
      const at::Tensor weight = at::where(replay, replayed, 1.0).to(at::kFloat);
      const auto& list = model_.layers[name.layer].contributed;
      for (std::size_t i = 0; i < list.size(); ++i) {
        if (list[i].slot != name.expert) continue;
        sum = sum + at::binary_cross_entropy_with_logits(out.gates[name.layer][i], wanted, weight);
      }
    }
    return sum / static_cast<double>(job_.experts.size());
  }

  double gradients(const Batch& batch) {
    optimiser_.clear_gradients();
    const detail::TorchBatch tensors = detail::to_tensors(batch.rows);
    const auto out = detail::forward(model_, tensors.inputs, detail::Want::logits);
    const at::Tensor losses = at::cross_entropy_loss(out.logits, tensors.targets.view({-1}), {},
                                                     at::Reduction::None);
    const at::Tensor replay = replay_mask(batch);
    const at::Tensor loss = losses.mean();
    const at::Tensor weighted = (losses * at::where(replay, kReplayLoss, 1.0)).mean();
    (weighted + kGateWeight * gate_loss(out, replay)).backward();
    return loss.item<double>();
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
    optimiser_.step(job_.learning_rate * pace_.schedule(kWarmUp));
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

  Result<BlockContents> contents() {
    std::map<std::string, tensor::TensorView> views;
    for (const model::ExpertName& name : job_.experts) {
      for (const auto& c : model_.layers[name.layer].contributed) {
        if (c.slot != name.expert) continue;
        const std::string at = model::to_text(name);
        for (const auto& [tensor, value] :
             {std::pair{".gate", c.expert.gate}, {".up", c.expert.up}, {".down", c.expert.down},
              {".row", c.row}, {".bias", c.bias}}) {
          const auto rows = static_cast<std::uint64_t>(value.size(0));
          const auto cols = static_cast<std::uint64_t>(value.size(1));
          views[at + tensor] = tensor::float_view({value.data_ptr<float>(), rows * cols},
                                                  {rows, cols});
        }
      }
    }
    return detail::bundle_blocks(views);
  }

  // Rows that the run did not train on, by anchor dataset.
  std::vector<detail::CalibrationRows> calibration_rows() const {
    std::vector<detail::CalibrationRows> rows(plan_.shares.size() - 1);
    // A short run is not measured longer than it trained.
    const std::size_t wanted = std::clamp<std::size_t>(pace_.step() / 4, 8, kCalibrationRows);
    const auto full = [&](const auto& r) { return r.size() >= wanted; };
    for (std::uint64_t step = pace_.step(); !std::all_of(rows.begin(), rows.end(), full); ++step) {
      const Batch batch = plan_.batch(step);
      for (std::size_t r = 0; r < batch.rows.size(); ++r) {
        if (batch.streams[r] == 0 || full(rows[batch.streams[r] - 1])) continue;
        rows[batch.streams[r] - 1].push_back(batch.rows[r]);
      }
    }
    return rows;
  }

  void calibrate() {
    std::vector<detail::GatePlace> gates;
    for (const model::ExpertName& name : job_.experts) {
      const auto& list = model_.layers[name.layer].contributed;
      for (std::size_t i = 0; i < list.size(); ++i) {
        if (list[i].slot == name.expert) gates.push_back({name.layer, i});
      }
    }
    const auto rows = calibration_rows();
    detail::calibrate({model_, std::move(gates), rows});
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
    TRY(auto blocks, contents());
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
  detail::AdamW optimiser_;
  detail::Pace pace_;
  detail::TrainState state_;
  std::uint64_t cpu_begun_ = 0;
  std::uint64_t cpu_earlier_ = 0;
};

}  // namespace

Result<ExpertResult> detail::run_expert_training(const ExpertJob& job, const Clock& clock,
                                                 const OnProgress& on_progress) {
  try {
    return ExpertRun(job, clock).run(on_progress);
  } catch (const std::exception& e) {
    return fail(ErrorCode::refused, std::string("Training failed inside libtorch: ") + e.what());
  }
}

}  // namespace cambium::learn
