// Causal attention over one whole sequence.
#pragma once

#include "model/eval/matmul.hpp"
#include "model/model_view.hpp"

namespace cambium::model::eval {

/// cos and sin for [position][i], i < head_dim / 2.
struct RotationTable {
  Floats cos;
  Floats sin;
};
RotationTable rotation_table(const Architecture& architecture, std::size_t positions);

/// out[n x d_model] = o(attention(norm(x))); x is [n x d_model], position t at row t.
void attention(const Architecture& architecture, const LayerView& layer,
               const RotationTable& rotations, std::span<const float> x, std::span<float> out);

}  // namespace cambium::model::eval
