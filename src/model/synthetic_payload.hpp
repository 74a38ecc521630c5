// The seeded weights of synthetic.hpp as payloads, for tests that store, serve or swap a model.
#pragma once

#include <span>
#include <string_view>

#include "base/bytes.hpp"
#include "model/weights.hpp"

namespace cambium::model {

struct SyntheticBlock {
  std::string_view name;
  std::uint64_t seed = 1;
};

/// The content of a block's payload, the bundle without its index.
Result<Bytes> synthetic_payload(const Architecture& architecture, const SyntheticBlock& block);

/// A whole model in this process's memory.
Result<SharedWeights> synthetic_weights(const Architecture& architecture, std::uint64_t seed,
                                        std::span<const ExpertName> contributed = {});

}  // namespace cambium::model
