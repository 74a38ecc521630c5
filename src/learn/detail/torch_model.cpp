#include "learn/detail/torch_model.hpp"

#include <cmath>
#include <cstring>
#include <numbers>

#include "base/random.hpp"
#include "tensor/view.hpp"

namespace cambium::learn::detail {
namespace {

constexpr double kEmbeddingStd = 0.02;
constexpr double kMatrixStd = 0.05;

// Normal numbers by Box and Muller from our own stream, so that a seed means the same everywhere.
class Initialiser {
 public:
  explicit Initialiser(std::uint64_t seed) : random_(seed) {}

  at::Tensor normal(std::int64_t rows, std::int64_t cols, double deviation) {
    at::Tensor out = at::empty({rows, cols}, at::kFloat);
    auto* data = out.data_ptr<float>();
    for (std::int64_t i = 0; i < rows * cols; ++i) {
      const double radius = std::sqrt(-2.0 * std::log(1.0 - random_.unit()));
      const double angle = 2.0 * std::numbers::pi * random_.unit();
      data[i] = static_cast<float>(deviation * radius * std::cos(angle));
    }
    return out;
  }

  TorchExpert expert(std::int64_t inner, std::int64_t d, double out_std) {
    TorchExpert e;
    e.gate = normal(inner, d, kMatrixStd);
    e.up = normal(inner, d, kMatrixStd);
    e.down = normal(d, inner, out_std);
    return e;
  }

 private:
  SeededRandom random_;
};

at::Tensor tensor_of(const tensor::TensorView& view) {
  const auto rows = static_cast<std::int64_t>(view.rows);
  const auto cols = static_cast<std::int64_t>(view.cols);
  if (view.dtype == tensor::DType::fp32 && view.layout == tensor::Layout::row_major) {
    auto* data = const_cast<float*>(view.floats().data());  // frozen: nothing writes through it
    return at::from_blob(data, {rows, cols}, at::kFloat);
  }
  at::Tensor out = at::empty({rows, cols}, at::kFloat);
  for (std::uint64_t r = 0; r < view.rows; ++r) {
    tensor::dequantise_row(view, r, {out.data_ptr<float>() + r * view.cols, view.cols});
  }
  return out;
}

at::Tensor vector_of(const tensor::TensorView& view) { return tensor_of(view).view({-1}); }

TorchExpert expert_of(const model::ExpertView& view) {
  TorchExpert e;
  e.gate = tensor_of(view.gate);
  e.up = tensor_of(view.up);
  e.down = tensor_of(view.down);
  return e;
}

void name_expert(std::map<std::string, at::Tensor>& out, const std::string& block,
                 const TorchExpert& e) {
  out[block + ".gate"] = e.gate;
  out[block + ".up"] = e.up;
  out[block + ".down"] = e.down;
}

}  // namespace

TorchModel random_model(const model::Architecture& a, std::uint64_t seed) {
  Initialiser init(seed);
  const double out_std = kMatrixStd / std::sqrt(2.0 * a.layers);
  const std::int64_t d = a.d_model;
  TorchModel m;
  m.architecture = a;
  m.tokens = init.normal(a.vocab, d, kEmbeddingStd);
  m.head = a.tied ? m.tokens : init.normal(a.vocab, d, kEmbeddingStd);
  m.final_norm = at::ones({d}, at::kFloat);
  for (std::uint32_t l = 0; l < a.layers; ++l) {
    TorchLayer layer;
    layer.attention_norm = at::ones({d}, at::kFloat);
    layer.q = init.normal(a.query_dim(), d, kMatrixStd);
    layer.k = init.normal(a.kv_dim(), d, kMatrixStd);
    layer.v = init.normal(a.kv_dim(), d, kMatrixStd);
    layer.o = init.normal(d, a.query_dim(), out_std);
    layer.ffn_norm = at::ones({d}, at::kFloat);
    layer.router = init.normal(a.experts, d, kMatrixStd);
    if (a.shared_ffn_dim > 0) layer.shared = init.expert(a.shared_ffn_dim, d, out_std);
    for (std::uint32_t e = 0; e < a.experts; ++e) {
      layer.experts.push_back(init.expert(a.ffn_dim, d, out_std));
    }
    m.layers.push_back(std::move(layer));
  }
  return m;
}

TorchModel borrow_model(const model::ModelView& view) {
  TorchModel m;
  m.architecture = view.architecture;
  m.tokens = tensor_of(view.tokens);
  m.head = view.architecture.tied ? m.tokens : tensor_of(view.head);
  m.final_norm = vector_of(view.final_norm);
  for (const model::LayerView& from : view.layers) {
    TorchLayer to;
    to.attention_norm = vector_of(from.attention_norm);
    to.q = tensor_of(from.q);
    to.k = tensor_of(from.k);
    to.v = tensor_of(from.v);
    to.o = tensor_of(from.o);
    to.ffn_norm = vector_of(from.ffn_norm);
    if (view.architecture.experts > 0) to.router = tensor_of(from.router);
    if (view.architecture.shared_ffn_dim > 0) to.shared = expert_of(from.shared);
    for (const auto& expert : from.experts) to.experts.push_back(expert_of(expert));
    for (const auto& contributed : from.contributed) {
      to.contributed.push_back({contributed.slot, expert_of(contributed.expert),
                                tensor_of(contributed.row), tensor_of(contributed.bias)});
    }
    m.layers.push_back(std::move(to));
  }
  return m;
}

std::map<std::string, at::Tensor> named_tensors(const TorchModel& m) {
  std::map<std::string, at::Tensor> out;
  out["embed.tokens"] = m.tokens;
  if (!m.architecture.tied) out["head.tokens"] = m.head;
  out["final_norm.norm"] = m.final_norm;
  for (std::size_t l = 0; l < m.layers.size(); ++l) {
    const TorchLayer& layer = m.layers[l];
    const std::string at = "layer" + std::to_string(l);
    out[at + ".attention.norm"] = layer.attention_norm;
    out[at + ".attention.q"] = layer.q;
    out[at + ".attention.k"] = layer.k;
    out[at + ".attention.v"] = layer.v;
    out[at + ".attention.o"] = layer.o;
    out[at + ".router.norm"] = layer.ffn_norm;
    if (layer.router.defined()) out[at + ".router.gate"] = layer.router;
    if (layer.shared.gate.defined()) name_expert(out, at + ".shared", layer.shared);
    for (std::size_t e = 0; e < layer.experts.size(); ++e) {
      name_expert(out, at + ".expert" + std::to_string(e), layer.experts[e]);
    }
  }
  return out;
}

TorchBatch to_tensors(const std::vector<std::vector<std::uint32_t>>& rows) {
  const auto count = static_cast<std::int64_t>(rows.size());
  const auto length = static_cast<std::int64_t>(rows.front().size());
  at::Tensor all = at::empty({count, length}, at::kLong);
  auto* data = all.data_ptr<std::int64_t>();
  for (const auto& row : rows) {
    for (const std::uint32_t token : row) *data++ = token;
  }
  return {all.narrow(1, 0, length - 1).contiguous(), all.narrow(1, 1, length - 1).contiguous()};
}

}  // namespace cambium::learn::detail
