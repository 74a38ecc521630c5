// The kernel against the formulas of architecture.hpp written out plainly in double precision.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "model/eval_kernel.hpp"
#include "model/synthetic.hpp"

namespace cambium::model {
namespace {

using Vec = std::vector<double>;

Vec times(const TensorView& w, const Vec& x) {
  Vec y(w.rows);
  for (std::size_t r = 0; r < w.rows; ++r) {
    for (std::size_t c = 0; c < w.cols; ++c) y[r] += w.at(r, c) * x[c];
  }
  return y;
}

Vec normed(const TensorView& w, const Vec& x, double eps) {
  double squares = 0;
  for (const double v : x) squares += v * v;
  const double scale = 1 / std::sqrt(squares / static_cast<double>(x.size()) + eps);
  Vec y(x.size());
  for (std::size_t i = 0; i < x.size(); ++i) y[i] = x[i] * scale * w.at(0, i);
  return y;
}

void add(Vec& y, double a, const Vec& x) {
  for (std::size_t i = 0; i < y.size(); ++i) y[i] += a * x[i];
}

Vec expert(const ExpertView& e, const Vec& h) {
  Vec gate = times(e.gate, h);
  const Vec up = times(e.up, h);
  for (std::size_t i = 0; i < gate.size(); ++i) {
    gate[i] = gate[i] / (1 + std::exp(-gate[i])) * up[i];
  }
  return times(e.down, gate);
}

Vec mixture(const Architecture& a, const LayerView& layer, const Vec& h) {
  Vec y = expert(layer.shared, h);
  Vec p = times(layer.router, h);
  for (double& v : p) v = std::exp(v);
  std::vector<std::size_t> order(p.size());
  for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
  std::sort(order.begin(), order.end(), [&](auto x, auto z) { return p[x] > p[z]; });
  double kept = 0;
  for (std::size_t i = 0; i < a.top_k; ++i) kept += p[order[i]];
  for (std::size_t i = 0; i < a.top_k; ++i) {
    add(y, p[order[i]] / kept, expert(layer.experts[order[i]], h));
  }
  for (const ContributedView& c : layer.contributed) {
    const double z = times(c.row, h)[0] + c.bias.at(0, 0);
    if (z > 0) add(y, 1 / (1 + std::exp(-z)), expert(c.expert, h));
  }
  return y;
}

void rotate(const Architecture& a, std::size_t position, Vec& heads) {
  const std::size_t half = a.head_dim / 2;
  for (std::size_t at = 0; at < heads.size(); at += a.head_dim) {
    for (std::size_t i = 0; i < half; ++i) {
      const double angle = static_cast<double>(position) *
                           std::pow(static_cast<double>(a.rope_theta),
                                    -2.0 * static_cast<double>(i) / a.head_dim);
      const double x = heads[at + i];
      const double y = heads[at + half + i];
      heads[at + i] = x * std::cos(angle) - y * std::sin(angle);
      heads[at + half + i] = y * std::cos(angle) + x * std::sin(angle);
    }
  }
}

struct Cache {
  std::vector<Vec> keys, values;
};

Vec attention(const Architecture& a, const LayerView& layer, const Vec& h, Cache& cache) {
  Vec q = times(layer.q, h);
  Vec k = times(layer.k, h);
  rotate(a, cache.keys.size(), q);
  rotate(a, cache.keys.size(), k);
  cache.keys.push_back(k);
  cache.values.push_back(times(layer.v, h));
  Vec mixed(q.size());
  for (std::size_t head = 0; head < a.heads; ++head) {
    const std::size_t kv = head / (a.heads / a.kv_heads) * a.head_dim;
    double total = 0;
    for (std::size_t j = 0; j < cache.keys.size(); ++j) {
      double score = 0;
      for (std::size_t i = 0; i < a.head_dim; ++i) {
        score += q[head * a.head_dim + i] * cache.keys[j][kv + i];
      }
      const double e = std::exp(score / std::sqrt(static_cast<double>(a.head_dim)));
      total += e;
      for (std::size_t i = 0; i < a.head_dim; ++i) {
        mixed[head * a.head_dim + i] += e * cache.values[j][kv + i];
      }
    }
    for (std::size_t i = 0; i < a.head_dim; ++i) mixed[head * a.head_dim + i] /= total;
  }
  return times(layer.o, mixed);
}

TEST(EvalReference, KernelLossesAreThoseOfTheFormulas) {
  const ExpertName added[] = {{0, 4}, {1, 6}};
  const SyntheticModel model(tiny_architecture(), 11, added);
  const ModelView& view = model.view();
  const Architecture& a = view.architecture;
  const auto tokens = synthetic_tokens({5, a.vocab}, 25);
  const auto loss = sequence_losses(view, tokens).value();
  std::vector<Cache> caches(a.layers);
  for (std::size_t t = 0; t + 1 < tokens.size(); ++t) {
    Vec x(a.d_model);
    for (std::size_t i = 0; i < x.size(); ++i) x[i] = view.tokens.at(tokens[t], i);
    for (std::size_t l = 0; l < a.layers; ++l) {
      const LayerView& layer = view.layers[l];
      add(x, 1, attention(a, layer, normed(layer.attention_norm, x, a.norm_eps()), caches[l]));
      add(x, 1, mixture(a, layer, normed(layer.ffn_norm, x, a.norm_eps())));
    }
    const Vec logits = times(view.head, normed(view.final_norm, x, a.norm_eps()));
    double total = 0;
    for (const double logit : logits) total += std::exp(logit);
    EXPECT_NEAR(loss.nats[t], std::log(total) - logits[tokens[t + 1]], 2e-5) << "position " << t;
  }
}

}  // namespace
}  // namespace cambium::model
