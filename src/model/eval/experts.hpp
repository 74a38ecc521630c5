// The mixture: which experts a token takes, and the sum of what they say.
#pragma once

#include <cstdint>
#include <span>

#include "model/eval/matmul.hpp"
#include "model/model_view.hpp"

namespace cambium::model::eval {

/// down(silu(gate h) * (up h)) for n rows; the result is [n x d_model].
Floats expert_forward(const ExpertView& expert, std::span<const float> h);

/// Weight of every routed expert for every token, [n x experts], 0 for those not selected. Ties go
/// to the lower index.
Floats route(const Architecture& architecture, const LayerView& layer, std::span<const float> h);

/// x += mixture(h) for n rows of h.
void add_mixture(const Architecture& architecture, const LayerView& layer,
                 std::span<const float> h, std::span<float> x);

}  // namespace cambium::model::eval
