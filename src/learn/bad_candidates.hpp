// Candidates that must be refused, each for its own reason: for tests and for the demonstration.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "learn/expert_trainer.hpp"

namespace cambium::learn {

enum class BadKind : std::uint8_t {
  noise,               // random weights behind an open gate
  copy,                // an earlier expert's bytes in another slot
  permuted_copy,       // the same with its inner neurons shuffled and rescaled
  wrong_shape,         // inner width halved and not a multiple of the lanes
  non_finite,          // one NaN
  trained_on_nothing,  // down stays zero: the head's own output
  helps_but_harms,     // a good expert whose gate opens for everything
};
std::string_view name(BadKind kind);
std::vector<BadKind> all_bad_kinds();

/// Trains an expert for its domain alone: gates open everywhere and nothing is replayed to any
/// effect. It is no copy of anything, it helps its slice, and it harms the others.
ExpertScheme reckless_scheme(ExpertScheme scheme);

/// Owned payloads under the names of `good`'s layers and the given slot.
struct BadCandidate {
  BadKind kind = BadKind::noise;
  std::vector<std::pair<model::ExpertName, Bytes>> experts;
  std::vector<CandidateExpert> view() const;
};

/// `good` is a trained candidate to copy or spoil; `slot` the E its copies are offered under.
struct BadCandidateJob {
  std::span<const CandidateExpert> good;
  std::uint32_t slot = 0;
  std::uint64_t seed = 1;
};
Result<BadCandidate> make_bad_candidate(BadKind kind, const BadCandidateJob& job);

}  // namespace cambium::learn
