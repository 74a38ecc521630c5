#include "learn/detail/torch_expert_parts.hpp"

#include "base/random.hpp"
#include "learn/detail/blocks.hpp"
#include "learn/detail/torch_gate_fit.hpp"
#include "tensor/convert.hpp"

namespace cambium::learn::detail {
namespace {

constexpr double kGateWeight = 0.2;  // of the gates' loss beside cross-entropy
// The lowest gate sees the least context and the gates above learn to follow it: a mistake there is
// made everywhere, so its replay weighs this much more.
constexpr double kFirstGate = 1.5;
constexpr double kInitStd = 0.05;    // of gate and up

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

// A parent's weights lie in the mapping and must be copied before they are trained.
void own(TorchContributed& c) {
  for (at::Tensor* t : {&c.expert.gate, &c.expert.up, &c.expert.down, &c.row, &c.bias}) {
    *t = t->clone();
  }
}

std::map<std::string, at::Tensor> tensors_of(const TorchContributed& c) {
  return {{".gate", c.expert.gate}, {".up", c.expert.up}, {".down", c.expert.down},
          {".row", c.row}, {".bias", c.bias}};
}

}  // namespace

ExpertParts::ExpertParts(TorchModel& model, const ExpertJob& job, const BatchPlan& plan)
    : model_(model), job_(job) {
  SeededRandom random(read_be64(job.seed.view().first(8)));
  const std::vector<GateStart> starts = fit_gates(model, job, plan);
  const std::int64_t inner = model.architecture.ffn_dim;
  const std::int64_t d = model.architecture.d_model;
  for (std::size_t i = 0; i < job.experts.size(); ++i) {
    places_.push_back(place(job.experts[i]));
    TorchContributed& c = at(places_.back());
    if (c.row.defined()) {
      own(c);
      continue;
    }
    c.expert.gate = normal(inner, d, random);
    c.expert.up = normal(inner, d, random);
    c.expert.down = at::zeros({d, inner}, at::kFloat);
    c.row = starts[i].row;
    c.bias = starts[i].bias;
  }
}

// A job has one expert a layer, so later insertions move nobody.
GatePlace ExpertParts::place(const model::ExpertName& name) {
  auto& list = model_.layers[name.layer].contributed;
  auto at = list.begin();
  while (at != list.end() && at->slot < name.expert) ++at;
  if (at == list.end() || at->slot != name.expert) {
    at = list.insert(at, {name.expert, {}, {}, {}});
  }
  return {name.layer, static_cast<std::size_t>(at - list.begin())};
}

TorchContributed& ExpertParts::at(const GatePlace& place) const {
  return model_.layers[place.layer].contributed[place.index];
}

std::map<std::string, at::Tensor> ExpertParts::named() const {
  std::map<std::string, at::Tensor> out;
  for (std::size_t i = 0; i < places_.size(); ++i) {
    for (const auto& [name, value] : tensors_of(at(places_[i]))) {
      out[model::to_text(job_.experts[i]) + name] = value;
    }
  }
  return out;
}

Result<BlockContents> ExpertParts::contents() const {
  std::map<std::string, tensor::TensorView> views;
  for (const auto& [name, value] : named()) {
    const auto rows = static_cast<std::uint64_t>(value.size(0));
    const auto cols = static_cast<std::uint64_t>(value.size(1));
    views[name] = tensor::float_view({value.data_ptr<float>(), rows * cols}, {rows, cols});
  }
  return bundle_blocks(views);
}

// True for the tokens of replay rows, [rows * T].
at::Tensor ExpertLoss::replay_mask(const Batch& batch) const {
  const auto rows = static_cast<std::int64_t>(batch.rows.size());
  at::Tensor mask = at::zeros({rows, job.row_tokens}, at::kBool);
  for (std::int64_t r = 0; r < rows; ++r) {
    if (plan.shares[batch.streams[static_cast<std::size_t>(r)]].replay) mask[r].fill_(true);
  }
  return mask.view({-1});
}

// Mean over the job's gates of the weighted binary cross-entropy.
at::Tensor ExpertLoss::gate_loss(const ForwardResult& out, const at::Tensor& replay) const {
  const at::Tensor wanted = replay.logical_not().to(at::kFloat);
  at::Tensor sum = at::zeros({}, at::kFloat);
  for (std::size_t i = 0; i < places.size(); ++i) {
    const double replayed = job.scheme.replay_weight * (i == 0 ? kFirstGate : 1.0);
    const at::Tensor weight = at::where(replay, replayed, 1.0).to(at::kFloat);
    const at::Tensor& z = out.gates[places[i].layer][places[i].index];
    sum = sum + at::binary_cross_entropy_with_logits(z, wanted, weight);
  }
  return sum / static_cast<double>(places.size());
}

double ExpertLoss::gradients(const Batch& batch) const {
  const TorchBatch tensors = to_tensors(batch.rows);
  const auto out = forward(model, tensors.inputs, Want::logits);
  const at::Tensor losses = at::cross_entropy_loss(out.logits, tensors.targets.view({-1}), {},
                                                   at::Reduction::None);
  const at::Tensor replay = replay_mask(batch);
  const at::Tensor loss = losses.mean();
  const at::Tensor weighted = (losses * at::where(replay, job.scheme.replay_loss, 1.0)).mean();
  (weighted + kGateWeight * gate_loss(out, replay)).backward();
  return loss.item<double>();
}

}  // namespace cambium::learn::detail
