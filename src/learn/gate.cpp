#include "learn/gate.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <fmt/format.h>

#include "base/amount.hpp"
#include "base/random.hpp"
#include "learn/detail/probes.hpp"
#include "learn/evaluation.hpp"

namespace cambium::learn {
namespace {

constexpr std::size_t kGainSequences = 8;
// Root mean square of a trained expert's weights lies near 0.05; initial noise and training stay
// within a factor of ten, so this refuses only what would swamp the residual stream.
constexpr double kMostRms = 1.0;
constexpr double kMostWeight = 50.0;

std::int64_t nano(double value) { return static_cast<std::int64_t>(std::llround(value * 1e9)); }

GateVerdict refuse(GateReason reason, std::int64_t measured, std::int64_t limit,
                   std::string detail) {
  return {reason, measured, limit, {}, std::move(detail)};
}

struct Wanted {
  std::string_view tensor;
  tensor::Shape shape;
};

std::array<Wanted, 5> wanted(const model::Architecture& a) {
  return {Wanted{"gate", {a.ffn_dim, a.d_model}}, Wanted{"up", {a.ffn_dim, a.d_model}},
          Wanted{"down", {a.d_model, a.ffn_dim}}, Wanted{"row", {1, a.d_model}},
          Wanted{"bias", {1, 1}}};
}

GateVerdict check_shape(const model::Architecture& a, const model::ExpertName& name,
                        const tensor::Bundle& bundle) {
  if (name.layer >= a.layers || !model::is_contributed(name, a)) {
    return refuse(GateReason::wrong_shape, 0, 0,
                  model::to_text(name) + " is no contributed expert of this model.");
  }
  for (const Wanted& w : wanted(a)) {
    const auto* entry = bundle.entry(w.tensor);
    const tensor::Shape has = entry == nullptr ? tensor::Shape{} : entry->view.shape();
    if (has == w.shape) continue;
    return refuse(GateReason::wrong_shape, static_cast<std::int64_t>(has.rows * has.cols),
                  static_cast<std::int64_t>(w.shape.rows * w.shape.cols),
                  fmt::format("The tensor {} of {} is {} x {}; this model's experts have {} x {}.",
                              w.tensor, model::to_text(name), has.rows, has.cols, w.shape.rows,
                              w.shape.cols));
  }
  if (bundle.entries().size() == wanted(a).size()) return {};
  return refuse(GateReason::wrong_shape, static_cast<std::int64_t>(bundle.entries().size()), 5,
                fmt::format("{} holds {} tensors; an expert has gate, up, down, row and bias.",
                            model::to_text(name), bundle.entries().size()));
}

GateVerdict check_values(const model::ExpertName& name, const tensor::Bundle& bundle) {
  for (const auto& entry : bundle.entries()) {
    if (const Status finite = tensor::require_finite(entry.view, entry.name); !finite) {
      return refuse(GateReason::non_finite, 0, 0, finite.error().message);
    }
    double squares = 0;
    double most = 0;
    std::vector<float> row(entry.view.cols);
    for (std::uint64_t r = 0; r < entry.view.rows; ++r) {
      tensor::dequantise_row(entry.view, r, row);
      for (const float value : row) {
        squares += static_cast<double>(value) * static_cast<double>(value);
        most = std::max(most, std::fabs(static_cast<double>(value)));
      }
    }
    const double rms =
        std::sqrt(squares / static_cast<double>(entry.view.rows * entry.view.cols));
    const bool gate = entry.name == "row" || entry.name == "bias";
    if (most <= kMostWeight && (gate || rms <= kMostRms)) continue;
    return refuse(GateReason::outlier_weights, nano(gate ? most : rms),
                  nano(gate ? kMostWeight : kMostRms),
                  fmt::format("The weights {} of {} have a root mean square of {:.3f} and a "
                              "largest value of {:.3f}; at most {} and {} are sound.",
                              entry.name, model::to_text(name), rms, most, kMostRms,
                              kMostWeight));
  }
  return {};
}

GateVerdict check_similarity(const GateJob& job) {
  GateVerdict closest;
  for (const EarlierCommit& earlier : job.earlier) {
    for (const CandidateExpert& expert : job.candidate) {
      if (earlier.name.layer != expert.name.layer) continue;
      const auto similar = functional_similarity_nano(
          job.head, expert, {earlier.name, earlier.content}, job.beacon);
      if (!similar || *similar <= closest.measured_nano) continue;
      closest.measured_nano = *similar;
      closest.other = earlier.label;
      closest.detail = fmt::format("{} gives the outputs of {} in {}: similarity {:.4f}, under "
                                   "{:.2f} is asked.", model::to_text(expert.name),
                                   model::to_text(earlier.name), earlier.label,
                                   static_cast<double>(*similar) / 1e9,
                                   static_cast<double>(kSimilarityLimitNano) / 1e9);
    }
  }
  if (closest.measured_nano < kSimilarityLimitNano) return {};
  closest.reason = GateReason::similar_to_earlier_commit;
  closest.limit_nano = kSimilarityLimitNano;
  return closest;
}

Result<GateVerdict> check_gain(const GateJob& job) {
  TRY(const auto with, with_candidate(job.head, job.candidate));
  SliceHalf probe;
  const std::size_t count = std::min(kGainSequences, job.public_sequences.size());
  probe.sequences.assign(job.public_sequences.begin(), job.public_sequences.begin() +
                                                           static_cast<std::ptrdiff_t>(count));
  TRY(const auto before, measure(job.head, {&probe, 1}, {}));
  TRY(const auto after, measure(*with, {&probe, 1}, {}));
  const SliceMeasurement m = compare(probe, before[0], after[0]);
  const std::int64_t gain = m.sum_gain_nano / static_cast<std::int64_t>(count);
  GateVerdict out{GateReason::none, gain, kGateGainNano, {}, {}};
  if (gain >= kGateGainNano) {
    out.detail = fmt::format("All checks passed; the probe gained {:.4f} nats per token.",
                             static_cast<double>(gain) / 1e9);
    return out;
  }
  out.reason = GateReason::no_gain;
  out.detail = fmt::format("The gain on {} public sequences is {:.4f} nats per token; at least "
                           "{:.4f} is asked before a committee measures.", count,
                           static_cast<double>(gain) / 1e9,
                           static_cast<double>(kGateGainNano) / 1e9);
  return out;
}

}  // namespace

std::string_view name(GateReason reason) {
  constexpr std::array<std::string_view, 6> kNames = {
      "none",           "wrong_shape", "non_finite", "outlier_weights",
      "similar_to_earlier_commit", "no_gain"};
  return kNames[static_cast<std::size_t>(reason)];
}

Result<GateVerdict> run_gate(const GateJob& job) {
  if (job.public_sequences.empty()) {
    return fail(ErrorCode::invalid_input, "The gate needs public sequences of the target slice.");
  }
  if (job.candidate.empty()) {
    return refuse(GateReason::wrong_shape, 0, 1, "The candidate holds no expert.");
  }
  for (const CandidateExpert& expert : job.candidate) {
    const auto payload = model::PayloadBundle::in_memory(expert.content);
    if (!payload) return refuse(GateReason::wrong_shape, 0, 0, payload.error().message);
    const tensor::Bundle& bundle = (*payload)->bundle();
    auto verdict = check_shape(job.head.architecture(), expert.name, bundle);
    if (verdict.passed()) verdict = check_values(expert.name, bundle);
    if (!verdict.passed()) return verdict;
  }
  auto verdict = check_similarity(job);
  if (!verdict.passed()) return verdict;
  return check_gain(job);
}

}  // namespace cambium::learn
