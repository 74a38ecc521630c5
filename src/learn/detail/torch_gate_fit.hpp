// Where a contributed expert's gate starts: between the domain's and the anchor's hidden states.
#pragma once

#include <vector>

#include "learn/detail/torch_model.hpp"
#include "learn/expert_trainer.hpp"

namespace cambium::learn::detail {

struct GateStart {
  at::Tensor row;   // [1, d]
  at::Tensor bias;  // [1, 1]
};

/// Regularised linear discriminant (Fisher 1936; shrinkage after Friedman 1989) of hidden states
/// [n, d] of both kinds, scaled so that anchor states spread with deviation 1.5, its bias so that
/// at most `anchor_share` of every anchor dataset's states are above zero.
struct GateFit {
  at::Tensor domain;
  std::vector<at::Tensor> anchors;  // one entry a dataset
  double anchor_share = 0.02;
};
GateStart fit_gate(const GateFit& fit);

/// Starts for a job's experts, in its order, from the hidden states of the plan's first batches.
std::vector<GateStart> fit_gates(const TorchModel& model, const ExpertJob& job,
                                 const BatchPlan& plan);

}  // namespace cambium::learn::detail
