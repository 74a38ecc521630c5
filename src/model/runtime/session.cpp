#include "model/runtime/session.hpp"

#include <algorithm>
#include <cmath>

#include "base/check.hpp"
#include "model/eval/math.hpp"
#include "model/eval/matmul.hpp"
#include "model/runtime/kernels.hpp"

namespace cambium::model::runtime {
namespace {

// Turns the pairs (i, i + half) of each head of one token's row.
void rotate(const eval::RotationTable& table, std::size_t position, std::size_t head_dim,
            std::span<float> row) {
  const std::size_t half = head_dim / 2;
  const float* cos = table.cos.data() + position * half;
  const float* sin = table.sin.data() + position * half;
  for (std::size_t head = 0; head < row.size(); head += head_dim) {
    float* a = row.data() + head;
    float* b = a + half;
    for (std::size_t i = 0; i < half; ++i) {
      const float low = a[i] * cos[i] - b[i] * sin[i];
      b[i] = b[i] * cos[i] + a[i] * sin[i];
      a[i] = low;
    }
  }
}

void norm_rows(const std::vector<float>& weight, float eps, std::span<const float> x, float* out) {
  const std::size_t d = weight.size();
  for (std::size_t at = 0; at < x.size(); at += d) {
    eval::ops().norm({x.data() + at, weight.data(), d, eps, out + at});
  }
}

}  // namespace

Session::Session(const ModelWeights& weights, const SessionOptions& options, const Clock& clock)
    : weights_(&weights),
      options_(options),
      clock_(&clock),
      rotations_(eval::rotation_table(weights.architecture(), options.capacity)),
      cache_(weights.architecture(), options.capacity),
      final_norm_(eval::row_of(weights.view().final_norm)) {
  for (const LayerView& layer : weights.view().layers) {
    attention_norms_.push_back(eval::row_of(layer.attention_norm));
    ffn_norms_.push_back(eval::row_of(layer.ffn_norm));
  }
  scores_.resize((options.capacity + 15) / 16 * 16 * weights.architecture().heads);
  logits_.resize(weights.architecture().vocab);
}

Result<Session> Session::open(const ModelWeights& weights, const SessionOptions& options,
                              const Clock& clock) {
  for (const std::string& name : shared_block_names(weights.architecture())) {
    TRY_STATUS(weights.ensure_verified(name));
  }
  return Session(weights, options, clock);
}

Result<std::span<const float>> Session::advance(std::span<const std::uint32_t> tokens,
                                                const CancelToken& cancel) {
  const ModelView& model = weights_->view();
  const Architecture& a = model.architecture;
  const std::size_t n = tokens.size();
  const std::size_t d = a.d_model;
  CHECK(n > 0 && cache_.length() + n <= cache_.capacity(), "the caller keeps to the capacity");
  x_.resize(n * d);
  h_.resize(n * d);
  out_.resize(n * d);
  for (std::size_t t = 0; t < n; ++t) {
    CHECK(tokens[t] < a.vocab, "the caller has checked the tokens");
    tensor::dequantise_row(model.tokens, tokens[t], {x_.data() + t * d, d});
  }
  for (std::size_t l = 0; l < model.layers.size(); ++l) {
    if (cancel.cancelled()) return fail(ErrorCode::cancelled, "The answer was cancelled.");
    norm_rows(attention_norms_[l], a.norm_eps(), x_, h_.data());
    attend(l, n);
    eval::ops().add_scaled(x_.data(), 1.0F, out_.data(), out_.size());
    norm_rows(ffn_norms_[l], a.norm_eps(), x_, h_.data());
    TRY_STATUS(mix_experts(l, n));
    eval::ops().add_scaled(x_.data(), 1.0F, out_.data(), out_.size());
  }
  cache_.set_length(cache_.length() + n);
  norm_rows(final_norm_, a.norm_eps(), std::span(x_).last(d), h_.data());
  matmul(model.head, {h_.data(), 1}, logits_.data());
  return std::span<const float>(logits_);
}

void Session::attend(std::size_t l, std::size_t n) {
  const LayerView& layer = weights_->view().layers[l];
  const Architecture& a = weights_->architecture();
  const std::size_t hd = a.head_dim;
  q_.resize(n * a.query_dim());
  k_.resize(n * a.kv_dim());
  v_.resize(n * a.kv_dim());
  mixed_.resize(n * a.query_dim());
  matmul(layer.q, {h_.data(), n}, q_.data());
  matmul(layer.k, {h_.data(), n}, k_.data());
  matmul(layer.v, {h_.data(), n}, v_.data());
  const float scale = 1.0F / std::sqrt(static_cast<float>(hd));
  for (float& value : q_) value *= scale;
  for (std::size_t t = 0; t < n; ++t) {
    const std::size_t position = cache_.length() + t;
    rotate(rotations_, position, hd, {q_.data() + t * a.query_dim(), a.query_dim()});
    rotate(rotations_, position, hd, {k_.data() + t * a.kv_dim(), a.kv_dim()});
    for (std::size_t head = 0; head < a.kv_heads; ++head) {
      const std::size_t from = t * a.kv_dim() + head * hd;
      std::copy_n(k_.data() + from, hd, cache_.keys({l, head}) + position * hd);
      std::copy_n(v_.data() + from, hd, cache_.values({l, head}) + position * hd);
    }
    for (std::size_t head = 0; head < a.kv_heads; ++head) attend_head(l, head, t);
  }
  matmul(layer.o, {mixed_.data(), n}, out_.data());
}

// The query heads that share one key/value head are the "tokens" of one product with its keys.
void Session::attend_head(std::size_t l, std::size_t kv_head, std::size_t token) {
  const Architecture& a = weights_->architecture();
  const std::size_t hd = a.head_dim;
  const std::size_t group = a.heads / a.kv_heads;
  const std::size_t seen = cache_.length() + token + 1;
  const std::size_t stride = scores_.size() / a.heads;
  const std::size_t first = token * a.query_dim() + kv_head * group * hd;
  matmul_rows({cache_.keys({l, kv_head}), seen, hd, nullptr, q_.data() + first, group,
               scores_.data(), stride});
  for (std::size_t g = 0; g < group; ++g) {
    float* row = scores_.data() + g * stride;
    const auto sums = eval::ops().softmax(row, seen);
    eval::ops().mix({row, cache_.values({l, kv_head}), hd, seen, hd, sums.total,
                     mixed_.data() + first + g * hd});
  }
}

}  // namespace cambium::model::runtime
