// A whole model as typed views into memory that somebody else keeps alive: what kernels compute on.
#pragma once

#include <cstdint>
#include <vector>

#include "model/architecture.hpp"
#include "tensor/view.hpp"

namespace cambium::model {

using tensor::TensorView;

/// down(silu(gate h) * (up h)); gate and up are [inner, d_model], down is [d_model, inner].
struct ExpertView {
  TensorView gate;
  TensorView up;
  TensorView down;
};

/// An expert with a gate row of its own: added when row . h + bias > 0.
struct ContributedView {
  std::uint32_t slot = 0;  // the E of layer<L>.expert<E>
  ExpertView expert;
  TensorView row;   // [1, d_model]
  TensorView bias;  // [1, 1]
};

struct LayerView {
  TensorView attention_norm;  // [1, d_model]
  TensorView q, k, v, o;      // [query_dim, d], [kv_dim, d], [kv_dim, d], [d, query_dim]
  TensorView ffn_norm;        // [1, d_model]
  TensorView router;          // [experts, d_model]
  ExpertView shared;          // empty views when shared_ffn_dim is 0
  std::vector<ExpertView> experts;
  std::vector<ContributedView> contributed;  // ascending slots
};

struct ModelView {
  Architecture architecture;
  TensorView tokens;      // embedding [vocab, d_model]
  TensorView head;        // the same view when tied
  TensorView final_norm;  // [1, d_model]
  std::vector<LayerView> layers;
};

}  // namespace cambium::model
