// The forward pass, step for step what model/eval computes, with autograd underneath.
#include <cmath>
#include <tuple>

#include "learn/detail/torch_model.hpp"

namespace cambium::learn::detail {
namespace {

at::Tensor rms_norm(const at::Tensor& x, const at::Tensor& weight, float eps) {
  return x * at::rsqrt(x.square().mean(-1, true) + eps) * weight;
}

at::Tensor expert_forward(const TorchExpert& e, const at::Tensor& h) {
  return at::linear(at::silu(at::linear(h, e.gate)) * at::linear(h, e.up), e.down);
}

struct Rotation {
  at::Tensor cos, sin;  // [1, T, 1, head_dim / 2]
};

Rotation rotation(const model::Architecture& a, std::int64_t positions) {
  const std::int64_t half = a.head_dim / 2;
  at::Tensor angles = at::empty({positions, half}, at::kDouble);
  auto* data = angles.data_ptr<double>();
  for (std::int64_t t = 0; t < positions; ++t) {
    for (std::int64_t i = 0; i < half; ++i) {
      const double power = static_cast<double>(2 * i) / a.head_dim;
      *data++ = static_cast<double>(t) / std::pow(static_cast<double>(a.rope_theta), power);
    }
  }
  const std::vector<std::int64_t> shape = {1, positions, 1, half};
  return {angles.cos().to(at::kFloat).view(shape), angles.sin().to(at::kFloat).view(shape)};
}

// Half-split pairs: element i turns with element i + head_dim / 2.
at::Tensor rotate(const at::Tensor& x, const Rotation& r) {
  const auto halves = x.chunk(2, -1);
  return at::cat({halves[0] * r.cos - halves[1] * r.sin, halves[1] * r.cos + halves[0] * r.sin},
                 -1);
}

at::Tensor attention(const model::Architecture& a, const TorchLayer& layer, const Rotation& r,
                     const at::Tensor& x) {
  const std::int64_t rows = x.size(0);
  const std::int64_t t = x.size(1);
  const std::int64_t dim = a.head_dim;
  const std::int64_t group = a.heads / a.kv_heads;
  const at::Tensor h = rms_norm(x, layer.attention_norm, a.norm_eps());
  const auto heads = [&](const at::Tensor& w, std::int64_t n) {
    return at::linear(h, w).view({rows, t, n, dim});
  };
  const auto spread = [&](const at::Tensor& kv) {  // one key head serves `group` query heads
    return kv.unsqueeze(3).expand({rows, t, kv.size(2), group, dim}).reshape(
        {rows, t, static_cast<std::int64_t>(a.heads), dim}).transpose(1, 2);
  };
  const at::Tensor q = rotate(heads(layer.q, a.heads), r).transpose(1, 2);
  const at::Tensor k = spread(rotate(heads(layer.k, a.kv_heads), r));
  const at::Tensor v = spread(heads(layer.v, a.kv_heads));
  const at::Tensor mixed = at::scaled_dot_product_attention(q, k, v, {}, 0.0, true);
  return at::linear(mixed.transpose(1, 2).reshape({rows, t, a.query_dim()}), layer.o);
}

// Adds weight * expert(h) for the tokens in `chosen`.
at::Tensor add_expert(const at::Tensor& y, const TorchExpert& e, const at::Tensor& h,
                      const at::Tensor& chosen, const at::Tensor& weights) {
  if (chosen.numel() == 0) return y;
  const at::Tensor out = expert_forward(e, h.index_select(0, chosen));
  return y.index_add(0, chosen, out * weights.index_select(0, chosen).unsqueeze(1));
}

at::Tensor add_routed(const model::Architecture& a, const TorchLayer& layer, const at::Tensor& h,
                      at::Tensor y, ForwardResult& result) {
  const auto experts = static_cast<std::int64_t>(a.experts);
  const at::Tensor logits = at::linear(h, layer.router);
  const at::Tensor probabilities = at::softmax(logits, -1);
  const auto [values, picked] = probabilities.topk(a.top_k, -1);
  const at::Tensor kept = a.renormalise ? values / values.sum(-1, true) : values;
  const at::Tensor weights = at::zeros_like(probabilities).scatter(1, picked, kept);
  at::Tensor assigned = at::zeros({experts}, at::kFloat);
  for (std::int64_t e = 0; e < experts; ++e) {
    const at::Tensor chosen = picked.eq(e).any(1).nonzero().view({-1});
    assigned[e] = static_cast<float>(chosen.numel());
    y = add_expert(y, layer.experts[static_cast<std::size_t>(e)], h, chosen, weights.select(1, e));
  }
  const double slots = static_cast<double>(h.size(0)) * a.top_k;
  result.balance = result.balance + (assigned / slots * probabilities.mean(0)).sum() * experts;
  result.z_loss = result.z_loss + at::logsumexp(logits, -1).square().mean();
  return y;
}

at::Tensor mixture(const model::Architecture& a, const TorchLayer& layer, const at::Tensor& h,
                   ForwardResult& result) {
  at::Tensor y =
      layer.shared.gate.defined() ? expert_forward(layer.shared, h) : at::zeros_like(h);
  if (a.experts > 0) y = add_routed(a, layer, h, y, result);
  std::vector<at::Tensor> gates;
  for (const TorchContributed& c : layer.contributed) {
    const at::Tensor z = at::linear(h, c.row).view({-1}) + c.bias.view({-1});
    const at::Tensor chosen = z.detach().gt(0).nonzero().view({-1});
    y = add_expert(y, c.expert, h, chosen, at::sigmoid(z));
    gates.push_back(z);
  }
  result.gates.push_back(std::move(gates));
  return y;
}

}  // namespace

ForwardResult forward(const TorchModel& m, const at::Tensor& ids, Want want) {
  const model::Architecture& a = m.architecture;
  const std::int64_t d = a.d_model;
  ForwardResult result;
  result.balance = at::zeros({}, at::kFloat);
  result.z_loss = at::zeros({}, at::kFloat);
  const Rotation r = rotation(a, ids.size(1));
  at::Tensor x = at::embedding(m.tokens, ids);
  for (const TorchLayer& layer : m.layers) {
    x = x + attention(a, layer, r, x);
    const at::Tensor h = rms_norm(x, layer.ffn_norm, a.norm_eps()).view({-1, d});
    result.ffn_inputs.push_back(h);
    x = x + mixture(a, layer, h, result).view(x.sizes());
  }
  result.balance = result.balance / static_cast<double>(a.layers);
  result.z_loss = result.z_loss / static_cast<double>(a.layers);
  if (want == Want::logits) {
    const at::Tensor last = rms_norm(x, m.final_norm, a.norm_eps()).view({-1, d});
    result.logits = at::linear(last, m.head);
  }
  return result;
}

}  // namespace cambium::learn::detail
