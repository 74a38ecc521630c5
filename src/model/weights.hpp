// The weights of one model version: immutable, shared by every request that began on it, and cheap
// to vary by one expert, so that an accepted expert is swapped in while answers are under way.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "base/result.hpp"
#include "model/expert_name.hpp"
#include "model/model_view.hpp"
#include "model/payload_bundle.hpp"

namespace cambium::model {

class ModelWeights;
using SharedWeights = std::shared_ptr<const ModelWeights>;

/// Finds the payload of a block name ("embed", "layer0.attention", "layer1.expert3").
using PayloadResolver = std::function<Result<SharedPayload>(std::string_view block_name)>;

class ModelWeights {
 public:
  /// Asks for every shared block, every anchor expert and the `contributed` ones. Reads tables and
  /// shapes only: an expert's weights are touched, and hashed against its root, when a router first
  /// selects it.
  static Result<SharedWeights> load(const Architecture& architecture,
                                    const PayloadResolver& resolve,
                                    std::span<const ExpertName> contributed);

  /// A new snapshot with the contributed expert added, or replaced when the slot is taken. Anchor
  /// experts are frozen within a version and refused.
  Result<SharedWeights> with_expert(const ExpertName& name, SharedPayload payload) const;
  /// A new snapshot without that contributed expert.
  Result<SharedWeights> without(const ExpertName& name) const;

  const Architecture& architecture() const { return view_.architecture; }
  /// Valid as long as this snapshot lives.
  const ModelView& view() const { return view_; }
  /// Every payload by block name.
  const std::map<std::string, SharedPayload, std::less<>>& payloads() const { return payloads_; }
  /// Contributed experts in the order layer, slot.
  std::vector<ExpertName> contributed() const;

  /// Hashes the expert against its root once; free from the second call on. The runtime calls it
  /// before an expert's first use.
  Status ensure_verified(const ExpertName& name) const;
  /// Hashes every payload: what an evaluator does before it measures.
  Status verify_all() const;

 private:
  ModelWeights() = default;
  Status bind();

  std::map<std::string, SharedPayload, std::less<>> payloads_;
  ModelView view_;
};

/// Checks the five tensors of a contributed expert against the architecture; the sentence names the
/// tensor and both shapes.
Result<ContributedView> bind_contributed(const Architecture& architecture, std::uint32_t slot,
                                         const tensor::Bundle& bundle);

}  // namespace cambium::model
