#include "learn/detail/torch_gate_fit.hpp"

#include <algorithm>
#include <limits>

namespace cambium::learn::detail {
namespace {

constexpr double kShrinkage = 0.1;  // toward a multiple of the identity
constexpr double kSpread = 1.5;     // deviation of anchor gate values
constexpr std::uint64_t kFitBatches = 12;  // whose hidden states the gates start from

at::Tensor covariance(const at::Tensor& states) {
  const at::Tensor centred = states - states.mean(0, true);
  return at::matmul(centred.t(), centred) / static_cast<double>(states.size(0));
}

}  // namespace

GateStart fit_gate(const GateFit& fit) {
  const at::NoGradGuard no_grad;
  const std::int64_t d = fit.domain.size(1);
  const at::Tensor all = at::cat(fit.anchors);
  at::Tensor within = (covariance(fit.domain) + covariance(all)) / 2;
  const double level = within.trace().item<double>() / static_cast<double>(d);
  within = within * (1 - kShrinkage) + at::eye(d) * (kShrinkage * level);
  const at::Tensor difference = fit.domain.mean(0) - all.mean(0);
  at::Tensor row = at::linalg_solve(within, difference.unsqueeze(1)).view({1, d});
  const at::Tensor spread = at::matmul(all, row.view({-1})).std();
  row = row * (kSpread / std::max(spread.item<double>(), 1e-6));
  double bias = std::numeric_limits<double>::max();
  for (const at::Tensor& anchor : fit.anchors) {
    const at::Tensor z = at::matmul(anchor, row.view({-1}));
    bias = std::min(bias, -at::quantile(z, 1 - fit.anchor_share).item<double>());
  }
  return {row.contiguous(), at::full({1, 1}, bias, at::kFloat)};
}

std::vector<GateStart> fit_gates(const TorchModel& model, const ExpertJob& job,
                                 const BatchPlan& plan) {
  const at::NoGradGuard no_grad;
  // By layer, then by share of the plan; the first share is the domain.
  std::vector<std::vector<std::vector<at::Tensor>>> states(
      model.layers.size(), std::vector<std::vector<at::Tensor>>(plan.shares.size()));
  for (std::uint64_t i = 0; i < kFitBatches; ++i) {
    const Batch batch = plan.batch(i);
    const auto out = forward(model, to_tensors(batch.rows).inputs, Want::states);
    for (std::size_t l = 0; l < out.ffn_inputs.size(); ++l) {
      for (std::size_t r = 0; r < batch.rows.size(); ++r) {
        states[l][batch.streams[r]].push_back(out.ffn_inputs[l].narrow(
            0, static_cast<std::int64_t>(r) * job.row_tokens, job.row_tokens));
      }
    }
  }
  std::vector<GateStart> starts;
  for (const model::ExpertName& name : job.experts) {
    const auto& here = states[name.layer];
    GateFit fit{at::cat(here[0]), {}, job.scheme.anchor_share};
    for (std::size_t s = 1; s < here.size(); ++s) {
      if (!here[s].empty()) fit.anchors.push_back(at::cat(here[s]));
    }
    starts.push_back(fit_gate(fit));
  }
  return starts;
}

}  // namespace cambium::learn::detail
