// The local gate: what a candidate must survive before anybody spends a committee on it.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "base/ids.hpp"
#include "base/result.hpp"
#include "learn/expert_trainer.hpp"
#include "learn/text.hpp"

namespace cambium::learn {

/// Same words as the chain's evaluation reasons.
enum class GateReason : std::uint8_t {
  none,
  wrong_shape,
  non_finite,
  outlier_weights,
  similar_to_earlier_commit,
  no_gain,
};
std::string_view name(GateReason reason);

struct GateVerdict {
  GateReason reason = GateReason::none;
  std::int64_t measured_nano = 0;
  std::int64_t limit_nano = 0;
  std::string other;   // label of the commit it resembles
  std::string detail;  // one sentence with the numbers
  bool passed() const { return reason == GateReason::none; }
};

/// An expert committed before, to compare with.
struct EarlierCommit {
  std::string label;
  model::ExpertName name;
  ByteView content;
};

inline constexpr std::int64_t kSimilarityLimitNano = 950'000'000;
/// Least gain on the probe of public sequences, nano-nats per token: half of what acceptance asks.
inline constexpr std::int64_t kGateGainNano = 10'000'000;
inline constexpr std::size_t kGateProbes = 64;

struct GateJob {
  const model::ModelWeights& head;
  std::span<const CandidateExpert> candidate;
  std::span<const EarlierCommit> earlier;  // commits and accepted experts, oldest first
  std::span<const Tokens> public_sequences;  // of the target slice; the first eight are measured
  Hash beacon;                             // draws the probes
};

/// Shape, finite values, weight statistics, functional similarity, cheap gain, in this order; the
/// first that fails speaks. Under one second on one core.
Result<GateVerdict> run_gate(const GateJob& job);

/// Cosine of two experts' outputs on the probe states, in 10^-9: 10^9 for a copy, also when its
/// inner neurons are permuted or rescaled or its gate is another. Where `one` succeeds an accepted
/// version, both are taken less that parent's outputs, so that an honest successor is no copy.
Result<std::int64_t> functional_similarity_nano(const model::ModelWeights& head,
                                                const CandidateExpert& one,
                                                const CandidateExpert& other,
                                                const Hash& beacon);

}  // namespace cambium::learn
