// A job's experts inside the borrowed model: where they sit, their tensors, their loss.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "learn/base_trainer.hpp"
#include "learn/detail/torch_calibrate.hpp"
#include "learn/detail/torch_model.hpp"
#include "learn/expert_trainer.hpp"

namespace cambium::learn::detail {

/// Puts the job's experts into `model` and keeps their places. A new expert starts with random
/// gate and up, down zero and a fitted gate row; one whose slot is taken goes on from its parent.
class ExpertParts {
 public:
  ExpertParts(TorchModel& model, const ExpertJob& job, const BatchPlan& plan);

  /// In the job's order.
  const std::vector<GatePlace>& places() const { return places_; }
  /// What is trained, by "<expert>.<tensor>"; the same storage as the model's.
  std::map<std::string, at::Tensor> named() const;
  /// Payloads by expert name.
  Result<BlockContents> contents() const;

 private:
  GatePlace place(const model::ExpertName& name);
  TorchContributed& at(const GatePlace& place) const;

  TorchModel& model_;
  const ExpertJob& job_;
  std::vector<GatePlace> places_;
};

/// One batch's part in the loss of an expert's training.
struct ExpertLoss {
  const TorchModel& model;
  const ExpertJob& job;
  const BatchPlan& plan;
  const std::vector<GatePlace>& places;

  /// Leaves the gradients of cross-entropy and gate loss in the parameters; returns the mean
  /// cross-entropy of all rows, unweighted, nats per token.
  double gradients(const Batch& batch) const;

 private:
  at::Tensor replay_mask(const Batch& batch) const;
  at::Tensor gate_loss(const ForwardResult& out, const at::Tensor& replay) const;
};

}  // namespace cambium::learn::detail
