#include <algorithm>
#include <numeric>

#include "model/eval/math.hpp"
#include "model/eval/matmul.hpp"
#include "model/runtime/kernels.hpp"
#include "model/runtime/session.hpp"

namespace cambium::model::runtime {
namespace {

std::uint64_t elapsed_ns(const Clock& clock, std::int64_t since) {
  return static_cast<std::uint64_t>(std::max<std::int64_t>(0, clock.monotonic_ns() - since));
}

}  // namespace

// Leaves the mixture of h_ in out_.
Status Session::mix_experts(std::size_t l, std::size_t n) {
  const LayerView& layer = weights_->view().layers[l];
  const Architecture& a = weights_->architecture();
  const auto index = static_cast<std::uint32_t>(l);
  std::fill(out_.begin(), out_.end(), 0.0F);
  if (a.shared_ffn_dim > 0) {
    run_ffn(layer.shared, h_.data(), n);
    std::copy(down_.begin(), down_.end(), out_.begin());
  }
  if (options_.experts == GenerateRequest::Experts::shared_only) return {};
  if (a.experts > 0) route(l, n);
  for (std::uint32_t e = 0; e < a.experts; ++e) {
    TRY_STATUS(add_expert({index, e}, layer.experts[e], routed_share(e, n)));
  }
  for (const ContributedView& expert : layer.contributed) {
    TRY_STATUS(add_expert({index, expert.slot}, expert.expert, contributed_share(expert, n)));
  }
  return {};
}

// Fills routes_[n x experts] with the weight of each routed expert, 0 for those not taken.
void Session::route(std::size_t l, std::size_t n) {
  const Architecture& a = weights_->architecture();
  const std::size_t e = a.experts;
  routes_.resize(n * e + 16);
  matmul(weights_->view().layers[l].router, {h_.data(), n}, routes_.data());
  std::vector<float> row((e + 15) / 16 * 16);
  std::vector<std::size_t> order(e);
  for (std::size_t t = 0; t < n; ++t) {
    float* weights = routes_.data() + t * e;
    std::copy_n(weights, e, row.data());
    const float total = eval::ops().softmax(row.data(), e).total;
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::stable_sort(order.begin(), order.end(),
                     [&](std::size_t x, std::size_t y) { return row[x] > row[y]; });
    float kept = 0.0F;
    for (std::size_t i = 0; i < options_.top_k; ++i) kept += row[order[i]];
    const float scale = a.renormalise ? kept : total;
    std::fill_n(weights, e, 0.0F);
    for (std::size_t i = 0; i < options_.top_k; ++i) weights[order[i]] = row[order[i]] / scale;
  }
}

Session::Share Session::routed_share(std::size_t expert, std::size_t n) const {
  Share share;
  const std::size_t experts = weights_->architecture().experts;
  for (std::size_t t = 0; t < n; ++t) {
    const float weight = routes_[t * experts + expert];
    if (weight == 0.0F) continue;
    share.tokens.push_back(t);
    share.weights.push_back(weight);
  }
  return share;
}

Session::Share Session::contributed_share(const ContributedView& expert, std::size_t n) {
  Share share;
  std::vector<float> z(n);
  matmul(expert.row, {h_.data(), n}, z.data());
  const float bias = expert.bias.at({0, 0});
  for (std::size_t t = 0; t < n; ++t) {
    const float value = z[t] + bias;
    if (!(value > 0.0F)) continue;
    share.tokens.push_back(t);
    share.weights.push_back(eval::sigmoid_of(value));
  }
  return share;
}

Status Session::add_expert(const ExpertName& name, const ExpertView& expert, const Share& share) {
  if (share.tokens.empty()) return {};
  const std::size_t d = weights_->architecture().d_model;
  const std::int64_t start = clock_->monotonic_ns();
  auto [entry, first] = usage_.try_emplace(name);
  ExpertUse& use = entry->second;
  if (first) {
    TRY_STATUS(weights_->ensure_verified(to_text(name)));
    use.load_ns = elapsed_ns(*clock_, start);
  }
  gathered_.resize(share.tokens.size() * d);
  for (std::size_t i = 0; i < share.tokens.size(); ++i) {
    std::copy_n(h_.data() + share.tokens[i] * d, d, gathered_.data() + i * d);
  }
  run_ffn(expert, gathered_.data(), share.tokens.size());
  for (std::size_t i = 0; i < share.tokens.size(); ++i) {
    eval::ops().add_scaled(out_.data() + share.tokens[i] * d, share.weights[i],
                           down_.data() + i * d, d);
    use.gate_mass_nano += static_cast<std::uint64_t>(static_cast<double>(share.weights[i]) * 1e9);
  }
  use.tokens += share.tokens.size();
  use.compute_ns += elapsed_ns(*clock_, start);
  return {};
}

void Session::run_ffn(const ExpertView& expert, const float* h, std::size_t n) {
  gate_.resize(n * expert.gate.rows);
  up_.resize(gate_.size());
  down_.resize(n * expert.down.rows);
  matmul(expert.gate, {h, n}, gate_.data());
  matmul(expert.up, {h, n}, up_.data());
  eval::ops().swiglu(gate_.data(), up_.data(), gate_.size());
  matmul(expert.down, {gate_.data(), n}, down_.data());
}

}  // namespace cambium::model::runtime
