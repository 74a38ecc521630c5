#include "model/eval/forward.hpp"

#include "model/eval/experts.hpp"

namespace cambium::model::eval {
namespace {

Floats normed(const TensorView& weight, float eps, const Floats& x) {
  const Floats w = row_of(weight);
  Floats out(x.size());
  for (std::size_t at = 0; at < x.size(); at += w.size()) {
    ops().norm({x.data() + at, w.data(), w.size(), eps, out.data() + at});
  }
  return out;
}

}  // namespace

Floats final_states(const ModelView& model, const RotationTable& rotations,
                    std::span<const std::uint32_t> tokens, const LayerObserver& observe) {
  const Architecture& a = model.architecture;
  const std::size_t d = a.d_model;
  Floats x(tokens.size() * d);
  for (std::size_t t = 0; t < tokens.size(); ++t) {
    tensor::dequantise_row(model.tokens, tokens[t], {x.data() + t * d, d});
  }
  Floats mixed(x.size());
  for (std::size_t l = 0; l < model.layers.size(); ++l) {
    const LayerView& layer = model.layers[l];
    attention(a, layer, rotations, x, mixed);
    ops().add_scaled(x.data(), 1.0F, mixed.data(), mixed.size());
    const Floats h = normed(layer.ffn_norm, a.norm_eps(), x);
    if (observe) observe(l, h);
    add_mixture(a, layer, h, x);
  }
  return normed(model.final_norm, a.norm_eps(), x);
}

}  // namespace cambium::model::eval
