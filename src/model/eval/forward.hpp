// One whole sequence through the model.
#pragma once

#include <cstdint>
#include <functional>
#include <span>

#include "model/eval/attention.hpp"
#include "model/model_view.hpp"

namespace cambium::model::eval {

/// Sees the normed inputs of a layer's experts, [n x d_model].
using LayerObserver = std::function<void(std::size_t layer, const Floats& h)>;

/// final_norm(x) after the last layer, [n x d_model]. Tokens must be below vocab.
Floats final_states(const ModelView& model, const RotationTable& rotations,
                    std::span<const std::uint32_t> tokens, const LayerObserver& observe);

}  // namespace cambium::model::eval
