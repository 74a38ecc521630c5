// The weights of one model version: immutable, shared by every request that began on it, and cheap
// to vary by one expert, so that an accepted expert is swapped in while answers are under way.
#pragma once

#include <atomic>
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

/// What a mapped model has brought into memory so far, and what there is.
struct ResidentPages {
  std::uint64_t touched = 0;
  std::uint64_t total = 0;
};

class ModelWeights {
 public:
  /// Asks for every shared block, every anchor expert and the `contributed` ones. Reads tables and
  /// shapes only: an expert's weights are touched, and hashed against its root, when a router first
  /// selects it (a contributed expert's gate, which routing needs, here). Open mapped bundles with
  /// Verify::none: their own lazy mode would read the first 256 KiB of every one.
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
  /// The payload of a block name; null when the model has no such block.
  SharedPayload payload(std::string_view block_name) const;
  /// Contributed experts in the order layer, slot.
  std::vector<ExpertName> contributed() const;

  /// Hashes the block against its root once; free from the second call on. The runtime calls it
  /// before a block's first use. The sentence of a failure names the block.
  Status ensure_verified(std::string_view block_name) const;
  /// Hashes every payload: what an evaluator does before it measures.
  Status verify_all() const;
  /// Pages of every block's payload together: what the model costs in memory just now.
  Result<ResidentPages> resident() const;
  /// Pages of one block's payload; zeros for a payload in this process's own memory.
  Result<ResidentPages> resident(std::string_view block_name) const;

 private:
  // Shared between snapshots, so that a swap does not hash the other blocks again.
  struct Block {
    SharedPayload payload;
    std::atomic<bool> verified = false;
  };
  using Blocks = std::map<std::string, std::shared_ptr<Block>, std::less<>>;

  ModelWeights() = default;
  static Result<SharedWeights> bind(const Architecture& architecture, Blocks blocks);

  Blocks blocks_;
  ModelView view_;
};

}  // namespace cambium::model
