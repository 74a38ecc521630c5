#include "model/eval/attention.hpp"

#include <algorithm>
#include <cmath>

#include "model/eval/math.hpp"

namespace cambium::model::eval {
namespace {

// Turns the pairs (i, i + half) of every head of every row.
void rotate(const RotationTable& table, std::size_t head_dim, std::size_t width, Floats& rows) {
  const std::size_t half = head_dim / 2;
  for (std::size_t t = 0; t * width < rows.size(); ++t) {
    const float* cos = table.cos.data() + t * half;
    const float* sin = table.sin.data() + t * half;
    for (std::size_t head = 0; head < width; head += head_dim) {
      float* a = rows.data() + t * width + head;
      float* b = a + half;
      for (std::size_t i = 0; i < half; ++i) {
        const float low = a[i] * cos[i] - b[i] * sin[i];
        const float high = b[i] * cos[i] + a[i] * sin[i];
        a[i] = low;
        b[i] = high;
      }
    }
  }
}

struct Heads {
  const float* q;
  std::size_t q_stride;
  const float* k;
  const float* v;
  std::size_t kv_stride;
  std::size_t n;
  std::size_t dim;
};

// Scores of query t with keys up to t: the keys are the rows of a matrix; a panel of four keys
// starts at the first query that sees one of them.
void head_scores(const Heads& h, Floats& scores, std::size_t stride) {
  for (std::size_t j = 0; j < h.n; j += 4) {
    Panel panel{};
    panel.rows = std::min<std::size_t>(4, h.n - j);
    for (std::size_t r = 0; r < 4; ++r) {
      panel.w[r] = h.k + (j + std::min(r, panel.rows - 1)) * h.kv_stride;
    }
    panel.k = h.dim;
    panel.x = h.q + j * h.q_stride;
    panel.ldx = h.q_stride;
    panel.n = h.n - j;
    panel.y = scores.data() + j * stride + j;
    panel.ldy = stride;
    ops().panel(panel);
  }
}

void attend(const Heads& h, Floats& scores, std::size_t stride, float* out) {
  head_scores(h, scores, stride);
  for (std::size_t t = 0; t < h.n; ++t) {
    float* row = scores.data() + t * stride;
    const SoftmaxSums sums = ops().softmax(row, t + 1);
    ops().mix({row, h.v, h.kv_stride, t + 1, h.dim, sums.total, out + t * h.q_stride});
  }
}

}  // namespace

RotationTable rotation_table(const Architecture& a, std::size_t positions) {
  const std::size_t half = a.head_dim / 2;
  RotationTable table;
  table.cos.resize(positions * half);
  table.sin.resize(positions * half);
  for (std::size_t t = 0; t < positions; ++t) {
    for (std::size_t i = 0; i < half; ++i) {
      const double fraction = static_cast<double>(2 * i) / static_cast<double>(a.head_dim);
      const Rotation r = rotation({t, a.rope_theta, fraction});
      table.cos[t * half + i] = r.cos;
      table.sin[t * half + i] = r.sin;
    }
  }
  return table;
}

void attention(const Architecture& a, const LayerView& layer, const RotationTable& rotations,
               std::span<const float> x, std::span<float> out) {
  const std::size_t d = a.d_model;
  const std::size_t n = x.size() / d;
  const std::size_t q_dim = a.query_dim();
  const std::size_t kv_dim = a.kv_dim();
  const Floats norm = row_of(layer.attention_norm);
  Floats h(n * d);
  for (std::size_t t = 0; t < n; ++t) {
    ops().norm({x.data() + t * d, norm.data(), d, a.norm_eps(), h.data() + t * d});
  }
  Floats q(n * q_dim);
  Floats k(n * kv_dim);
  Floats v(n * kv_dim);
  matmul(layer.q, {h.data(), n, d}, {q.data(), q_dim});
  matmul(layer.k, {h.data(), n, d}, {k.data(), kv_dim});
  matmul(layer.v, {h.data(), n, d}, {v.data(), kv_dim});
  rotate(rotations, a.head_dim, q_dim, q);
  rotate(rotations, a.head_dim, kv_dim, k);
  const float scale = 1.0F / std::sqrt(static_cast<float>(a.head_dim));
  for (float& value : q) value = value * scale;

  const std::size_t stride = (n + 15) / 16 * 16;
  Floats scores(n * stride + 16);
  Floats mixed(n * q_dim);
  for (std::size_t head = 0; head < a.heads; ++head) {
    const std::size_t kv = head / (a.heads / a.kv_heads) * a.head_dim;
    const std::size_t at = head * a.head_dim;
    const Heads one{q.data() + at, q_dim, k.data() + kv, v.data() + kv, kv_dim, n, a.head_dim};
    attend(one, scores, stride, mixed.data() + at);
  }
  matmul(layer.o, {mixed.data(), n, q_dim}, {out.data(), d});
}

}  // namespace cambium::model::eval
