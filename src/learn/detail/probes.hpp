// Seeded hidden states, and what an expert makes of them.
#pragma once

#include <vector>

#include "learn/gate.hpp"

namespace cambium::learn::detail {

/// kGateProbes hidden states [64 x d] of one layer: random tokens drawn by the beacon, run through
/// the head's own network, so that they lie where real states do.
Result<std::vector<float>> probe_states(const model::ModelWeights& head, std::uint32_t layer,
                                        const Hash& beacon);

/// The expert's outputs for each state whether or not its gate opens, [64 x d]: a copy cannot hide
/// behind another gate.
Result<std::vector<float>> outputs_of(const model::ModelWeights& head,
                                      const CandidateExpert& expert,
                                      std::span<const float> states);

}  // namespace cambium::learn::detail
