// The transformer of model/architecture.hpp in libtorch, for training. Tensors may borrow mapped
// payloads: then whoever holds the payloads must outlive the model.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "learn/detail/torch.hpp"
#include "model/architecture.hpp"
#include "model/model_view.hpp"

namespace cambium::learn::detail {

struct TorchExpert {
  at::Tensor gate, up, down;
};

struct TorchContributed {
  std::uint32_t slot = 0;
  TorchExpert expert;
  at::Tensor row, bias;
};

struct TorchLayer {
  at::Tensor attention_norm, q, k, v, o, ffn_norm, router;
  TorchExpert shared;
  std::vector<TorchExpert> experts;
  std::vector<TorchContributed> contributed;  // ascending slots
};

struct TorchModel {
  model::Architecture architecture;
  at::Tensor tokens, head, final_norm;
  std::vector<TorchLayer> layers;
};

/// Random weights from a seed: normal, 0.02 for embeddings, 0.05 for matrices, those that write to
/// the residual stream divided by sqrt(2 layers); norms are one.
TorchModel random_model(const model::Architecture& architecture, std::uint64_t seed);

/// Borrows fp32 views; other types are widened into memory of their own.
TorchModel borrow_model(const model::ModelView& view);

/// Every tensor of an anchor by "<block>.<tensor>"; the same storage as the model's.
std::map<std::string, at::Tensor> named_tensors(const TorchModel& model);

/// What a forward pass gives beside the logits.
struct ForwardResult {
  at::Tensor logits;                             // [rows * T, vocab]
  at::Tensor balance, z_loss;                    // scalars, means over the layers
  std::vector<at::Tensor> ffn_inputs;            // [rows * T, d] by layer
  std::vector<std::vector<at::Tensor>> gates;    // z of contributed experts, [rows * T], by layer
};

enum class Want : std::uint8_t { logits, states };

/// `ids` is [rows, T] int64. With Want::states the head is left out.
ForwardResult forward(const TorchModel& model, const at::Tensor& ids, Want want);

/// Two [rows, T] int64 tensors of rows that are T + 1 long: inputs and what comes next.
struct TorchBatch {
  at::Tensor inputs, targets;
};
TorchBatch to_tensors(const std::vector<std::vector<std::uint32_t>>& rows);

}  // namespace cambium::learn::detail
