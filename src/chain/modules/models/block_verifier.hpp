// Verifies parameter blocks outside the transaction path: for nodes that sync a model's history,
// explorers and tests. Cost per block does not depend on how many came before (B/CORE-10).
#pragma once

#include <span>

#include "base/result.hpp"
#include "chain/modules/models/dag_index.hpp"
#include "crypto/keys.hpp"

namespace cambium::chain::models {

/// A block as it travels: header bytes and the author's signature over its id, both borrowed.
struct ReceivedBlock {
  ByteView header;
  ByteView signature;
};

/// Whether the light proof-of-work of every header is asked for; 0 bits asks for none.
struct BlockRules {
  std::uint32_t work_bits = 0;
};

class BlockVerifier {
 public:
  /// `verifier`, when given, checks the signatures of a batch at once, on threads of its own if
  /// it likes; without it signatures are not looked at. It must outlive this object.
  explicit BlockVerifier(BlockRules rules, const crypto::SignatureVerifier* verifier = nullptr)
      : rules_(rules), verifier_(verifier) {}

  /// Adds `blocks` in order. At the first bad one it stops with a sentence naming it; the good
  /// ones before it stay. Signatures are checked before anything is added.
  Status add(std::span<const ReceivedBlock> blocks);
  const DagIndex& dag() const { return dag_; }

 private:
  BlockRules rules_;
  const crypto::SignatureVerifier* verifier_;
  DagIndex dag_;
};

}  // namespace cambium::chain::models
