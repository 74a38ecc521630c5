// Batches that follow from a seed, and the proof of what an expert was trained on.
//
// Row r of step s follows from SHA-256("cambium/batch/v1" || seed || be64 s || be64 r): which
// stream, by the shares, and where in it. So anyone with the datasets rebuilds any batch exactly.
#pragma once

#include <span>
#include <vector>

#include "base/ids.hpp"
#include "cambium/learn/v1/lineage.pb.h"
#include "learn/text.hpp"

namespace cambium::learn {

using Lineage = cambium::learn::v1::Lineage;

/// A stream and its part in each batch.
struct StreamShare {
  const TokenStream* stream = nullptr;
  std::uint64_t share_nano = 0;  // shares of a plan sum to 10^9
  bool replay = false;           // anchor data
};

/// The rows of one batch; `replay[r]` says where row r comes from.
struct Batch {
  std::vector<Tokens> rows;          // each row_tokens + 1 long
  std::vector<std::size_t> streams;  // index into the plan's shares
  /// Leaf of the lineage's batch tree.
  Hash leaf() const;
};

struct BatchPlan {
  Hash seed;
  std::uint32_t batch_rows = 8;
  std::uint32_t row_tokens = 128;
  std::vector<StreamShare> shares;

  /// Shares are met exactly over any run of ten batches or more; every stream must be longer
  /// than a row.
  Batch batch(std::uint64_t step) const;
};

/// SHA-256(lease || beacon): known to nobody before the beacon is.
Hash batch_seed(ByteView lease, ByteView beacon);

/// Rebuilds max(1, 1 %) of the batches, drawn by `challenge`, and compares them with the manifest:
/// the root over all leaves, the streams' hashes, the samples by dataset. Refused with the batch
/// that differs. `streams` are looked up by id and version.
struct LineageCheck {
  const Lineage& manifest;
  std::span<const TokenStream> streams;
  std::span<const Hash> leaves;  // every batch's leaf as the trainer published them
  Hash challenge;
};
struct LineageVerdict {
  std::uint64_t batches_rebuilt = 0;
};
Result<LineageVerdict> verify_lineage(const LineageCheck& check);

}  // namespace cambium::learn
