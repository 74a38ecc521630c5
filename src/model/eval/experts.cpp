#include "model/eval/experts.hpp"

#include <algorithm>

#include "model/eval/math.hpp"

namespace cambium::model::eval {
namespace {

// Rows of h for which an expert was chosen, with the weight of each.
struct Chosen {
  std::vector<std::size_t> tokens;
  Floats weights;
};

// sum[token] += weight * expert(h[token]) for the chosen tokens.
void add_expert(const ExpertView& expert, const Chosen& chosen, std::span<const float> h,
                std::size_t d, Floats& sum) {
  if (chosen.tokens.empty()) return;
  Floats rows(chosen.tokens.size() * d);
  for (std::size_t i = 0; i < chosen.tokens.size(); ++i) {
    std::copy_n(h.data() + chosen.tokens[i] * d, d, rows.data() + i * d);
  }
  const Floats out = expert_forward(expert, rows);
  for (std::size_t i = 0; i < chosen.tokens.size(); ++i) {
    ops().add_scaled(sum.data() + chosen.tokens[i] * d, chosen.weights[i], out.data() + i * d, d);
  }
}

// Keeps the top_k of one token's exponentials as weights, zeroes the others.
void select(const Architecture& a, float total, std::span<float> weights) {
  std::vector<std::size_t> order(weights.size());
  for (std::size_t e = 0; e < order.size(); ++e) order[e] = e;
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t x, std::size_t y) { return weights[x] > weights[y]; });
  float kept = 0.0F;
  for (std::size_t i = 0; i < a.top_k; ++i) kept = kept + weights[order[i]];
  const float scale = a.renormalise ? kept : total;
  for (std::size_t i = 0; i < order.size(); ++i) {
    weights[order[i]] = i < a.top_k ? weights[order[i]] / scale : 0.0F;
  }
}

Chosen contributed_tokens(const ContributedView& contributed, std::span<const float> h) {
  const std::size_t d = contributed.row.cols;
  const std::size_t n = h.size() / d;
  Floats z(n);
  matmul(contributed.row, {h.data(), n, d}, {z.data(), 1});
  const float bias = row_of(contributed.bias)[0];
  Chosen chosen;
  for (std::size_t t = 0; t < n; ++t) {
    const float value = z[t] + bias;
    if (!(value > 0.0F)) continue;
    chosen.tokens.push_back(t);
    chosen.weights.push_back(sigmoid_of(value));
  }
  return chosen;
}

}  // namespace

Floats expert_forward(const ExpertView& expert, std::span<const float> h) {
  const std::size_t d = expert.gate.cols;
  const std::size_t inner = expert.gate.rows;
  const std::size_t n = h.size() / d;
  Floats gate(n * inner);
  Floats up(n * inner);
  matmul(expert.gate, {h.data(), n, d}, {gate.data(), inner});
  matmul(expert.up, {h.data(), n, d}, {up.data(), inner});
  ops().swiglu(gate.data(), up.data(), gate.size());
  Floats out(n * d);
  matmul(expert.down, {gate.data(), n, inner}, {out.data(), d});
  return out;
}

Floats route(const Architecture& a, const LayerView& layer, std::span<const float> h) {
  const std::size_t n = h.size() / a.d_model;
  const std::size_t e = a.experts;
  Floats logits(n * e);
  matmul(layer.router, {h.data(), n, a.d_model}, {logits.data(), e});
  Floats row((e + 15) / 16 * 16);
  for (std::size_t t = 0; t < n; ++t) {
    std::copy_n(logits.data() + t * e, e, row.data());
    const SoftmaxSums sums = ops().softmax(row.data(), e);
    select(a, sums.total, {row.data(), e});
    std::copy_n(row.data(), e, logits.data() + t * e);
  }
  return logits;
}

// The order is fixed: shared, routed by index, contributed by slot. Every dot product starts from
// +0 and a sum that began at +0 never becomes -0, so an expert with down = 0 adds exactly nothing
// and leaves no trace in any bit.
void add_mixture(const Architecture& a, const LayerView& layer, std::span<const float> h,
                 std::span<float> x) {
  const std::size_t d = a.d_model;
  const std::size_t n = h.size() / d;
  Floats sum =
      layer.shared.gate.rows > 0 ? expert_forward(layer.shared, h) : Floats(h.size(), 0.0F);
  const Floats weights = a.experts > 0 ? route(a, layer, h) : Floats{};
  for (std::size_t e = 0; e < a.experts; ++e) {
    Chosen chosen;
    for (std::size_t t = 0; t < n; ++t) {
      const float weight = weights[t * a.experts + e];
      if (weight == 0.0F) continue;
      chosen.tokens.push_back(t);
      chosen.weights.push_back(weight);
    }
    add_expert(layer.experts[e], chosen, h, d, sum);
  }
  for (const ContributedView& contributed : layer.contributed) {
    add_expert(contributed.expert, contributed_tokens(contributed, h), h, d, sum);
  }
  ops().add_scaled(x.data(), 1.0F, sum.data(), sum.size());
}

}  // namespace cambium::model::eval
