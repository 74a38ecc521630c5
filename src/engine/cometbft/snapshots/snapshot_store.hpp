// Snapshots of whole states as files, for nodes that join: one folder a height with its metadata
// and chunks. Every node of a chain makes the same bytes.
#pragma once

#include <filesystem>
#include <vector>

#include "engine/cometbft/head_record.hpp"
#include "state/snapshot.hpp"

namespace cambium::engine {

/// Bytes of a chunk: small enough to be asked of many peers, far below CometBFT's 16 MB.
inline constexpr std::size_t kSnapshotChunkBytes = 4u << 20;

/// What a snapshot's metadata says: the newest block, and what the chunks hold.
struct SnapshotFacts {
  HeadRecord head;
  state::SnapshotManifest manifest;
};
Bytes encode(const SnapshotFacts& facts);
Result<SnapshotFacts> decode_snapshot_facts(ByteView bytes);

/// One snapshot that can be handed out.
struct SnapshotOffer {
  Height height;
  Bytes metadata;  // encoded SnapshotFacts
  std::uint32_t chunks = 0;
};

/// Used by one writer; reading goes on at the same time.
class SnapshotStore {
 public:
  explicit SnapshotStore(std::filesystem::path folder) : folder_(std::move(folder)) {}

  /// Makes the snapshot of the view's height; what is half written after a crash is not offered.
  Status write(const state::HeightView& view, const HeadRecord& head);
  /// Erases all but the newest `keep`.
  void trim(std::size_t keep);
  /// Newest first.
  std::vector<SnapshotOffer> list() const;
  /// `not_found` when it is gone.
  Result<Bytes> chunk(Height height, std::uint32_t index) const;

 private:
  std::vector<std::uint64_t> heights() const;

  std::filesystem::path folder_;
};

}  // namespace cambium::engine
