#include "learn/bad_candidates.hpp"

#include <algorithm>
#include <array>
#include <limits>
#include <map>
#include <numeric>

#include "base/amount.hpp"
#include "base/random.hpp"
#include "learn/detail/blocks.hpp"
#include "tensor/convert.hpp"

namespace cambium::learn {
namespace {

constexpr double kNoise = 0.9;        // largest weight of a noise candidate
constexpr float kOpenGate = 8.0F;     // bias that lets everything pass

struct Matrix {
  tensor::Shape shape;
  std::vector<float> values;
  float& at(std::uint64_t row, std::uint64_t col) { return values[row * shape.cols + col]; }
};
using Tensors = std::map<std::string, Matrix>;

Result<Tensors> read(const CandidateExpert& expert) {
  TRY(const auto payload, model::PayloadBundle::in_memory(expert.content));
  Tensors out;
  for (const auto& entry : payload->bundle().entries()) {
    Matrix m{entry.view.shape(), std::vector<float>(entry.view.rows * entry.view.cols)};
    for (std::uint64_t r = 0; r < entry.view.rows; ++r) {
      tensor::dequantise_row(entry.view, r, {m.values.data() + r * m.shape.cols, m.shape.cols});
    }
    out[entry.name] = std::move(m);
  }
  return out;
}

Result<Bytes> write(const Tensors& tensors) {
  std::map<std::string, tensor::TensorView> views;
  for (const auto& [name, m] : tensors) {
    views["expert." + name] = tensor::float_view(m.values, m.shape);
  }
  TRY(auto blocks, detail::bundle_blocks(views));
  return std::move(blocks["expert"]);
}

void fill_noise(Tensors& t, SeededRandom& random) {
  for (auto& [name, m] : t) {
    for (float& value : m.values) {
      value = static_cast<float>(kNoise * (2 * random.unit() - 1));
    }
  }
  t["bias"].values[0] = kOpenGate;
}

// Shuffles inner neurons and moves a factor from up to down: other bytes, the same function.
void permute(Tensors& t, SeededRandom& random) {
  const Tensors before = t;
  const std::uint64_t inner = t["gate"].shape.rows;
  std::vector<std::uint64_t> order(inner);
  std::iota(order.begin(), order.end(), 0);
  for (std::uint64_t i = inner; i > 1; --i) std::swap(order[i - 1], order[random.below(i)]);
  const std::uint64_t d = t["gate"].shape.cols;
  for (std::uint64_t i = 0; i < inner; ++i) {
    const auto factor = static_cast<float>(0.5 + random.unit());
    for (std::uint64_t c = 0; c < d; ++c) {
      t["gate"].at(i, c) = before.at("gate").values[order[i] * d + c];
      t["up"].at(i, c) = before.at("up").values[order[i] * d + c] * factor;
      t["down"].at(c, i) = before.at("down").values[c * inner + order[i]] / factor;
    }
  }
}

void halve(Tensors& t) {
  for (const char* name : {"gate", "up"}) {
    Matrix& m = t[name];
    m.shape.rows = m.shape.rows / 2 + 1;
    m.values.resize(m.shape.rows * m.shape.cols);
  }
}

void spoil(BadKind kind, Tensors& t, SeededRandom& random) {
  switch (kind) {
    case BadKind::noise: return fill_noise(t, random);
    case BadKind::copy: return;
    case BadKind::permuted_copy: return permute(t, random);
    case BadKind::wrong_shape: return halve(t);
    case BadKind::non_finite:
      t["up"].values[random.below(t["up"].values.size())] =
          std::numeric_limits<float>::quiet_NaN();
      return;
    case BadKind::trained_on_nothing:
      std::fill(t["down"].values.begin(), t["down"].values.end(), 0.0F);
      return;
    case BadKind::helps_but_harms:
      t["bias"].values[0] = kOpenGate;
      return;
  }
}

}  // namespace

std::string_view name(BadKind kind) {
  constexpr std::array<std::string_view, 7> kNames = {
      "noise",      "copy",               "permuted copy",  "wrong shape",
      "non-finite", "trained on nothing", "helps but harms"};
  return kNames[static_cast<std::size_t>(kind)];
}

std::vector<BadKind> all_bad_kinds() {
  return {BadKind::noise,      BadKind::copy,       BadKind::permuted_copy,
          BadKind::wrong_shape, BadKind::non_finite, BadKind::trained_on_nothing,
          BadKind::helps_but_harms};
}

std::vector<CandidateExpert> BadCandidate::view() const {
  std::vector<CandidateExpert> out;
  for (const auto& [name, content] : experts) out.push_back({name, content});
  return out;
}

ExpertScheme reckless_scheme(ExpertScheme scheme) {
  scheme.replay_weight = 0;
  scheme.replay_loss = 0;
  scheme.replay_nano = kNano / 8;  // what the gates start from must still be told apart
  scheme.anchor_share = 0.9;
  scheme.most_harm = 1e3;
  return scheme;
}

Result<BadCandidate> make_bad_candidate(BadKind kind, const BadCandidateJob& job) {
  SeededRandom random(job.seed);
  BadCandidate out;
  out.kind = kind;
  for (const CandidateExpert& good : job.good) {
    TRY(Tensors tensors, read(good));
    spoil(kind, tensors, random);
    TRY(Bytes content, write(tensors));
    out.experts.emplace_back(model::ExpertName{good.name.layer, job.slot}, std::move(content));
  }
  return out;
}

}  // namespace cambium::learn
