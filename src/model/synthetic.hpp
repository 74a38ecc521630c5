// A model of seeded weights: for golden values and for tests of whoever needs some model. The same
// seed gives the same bits everywhere, from integers alone.
#pragma once

#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "model/block_layout.hpp"

namespace cambium::model {

/// Values in [-1/8, 1/8), or near 1 for norms, for one tensor of one block.
struct SyntheticTensor {
  std::string_view block;
  std::string_view tensor;
  std::uint64_t seed;
};
std::vector<float> synthetic_values(const SyntheticTensor& which, tensor::Shape shape);

/// Token ids below `vocab`, drawn from `seed`.
struct SyntheticText {
  std::uint64_t seed;
  std::uint32_t vocab;
};
std::vector<std::uint32_t> synthetic_tokens(const SyntheticText& text, std::size_t count);

/// Owns its weights; the view is valid as long as it lives.
class SyntheticModel {
 public:
  /// The architecture must be valid (CHECKed).
  SyntheticModel(const Architecture& architecture, std::uint64_t seed,
                 std::span<const ExpertName> contributed = {});

  const ModelView& view() const { return view_; }
  /// For tests that damage weights: the values behind a tensor, which must exist.
  std::vector<float>& values(std::string_view block, std::string_view tensor);

 private:
  std::map<std::string, std::vector<float>, std::less<>> values_;
  ModelView view_;
};

/// An architecture small enough for tests: 2 layers, d 32, 4 experts top-2, vocab 96.
Architecture tiny_architecture();

}  // namespace cambium::model
