// A height as chunks for state sync: the same bytes from every node, each chunk checked on
// arrival, the root equal at the end.
#pragma once

#include <functional>
#include <vector>

#include "base/ids.hpp"
#include "state/height_view.hpp"
#include "state/tree.hpp"

namespace cambium::state {

inline constexpr std::size_t kMaxChunkBytes = 10u << 20;

/// What a peer offers: the height, its root, and the SHA-256 of each chunk in order.
struct SnapshotManifest {
  Height height;
  Hash root;
  std::uint64_t entries = 0;
  std::vector<Hash> chunks;
  bool operator==(const SnapshotManifest&) const = default;
};

Bytes encode(const SnapshotManifest& manifest);
Result<SnapshotManifest> decode_manifest(ByteView bytes);

/// Hands the chunks out in order, then returns the manifest. Entries are in path order.
Result<SnapshotManifest> export_snapshot(const HeightView& view, std::size_t chunk_bytes,
                                         const std::function<Status(Bytes chunk)>& sink);

/// Builds a height in an empty store from its chunks, in order. A chunk that is not what the
/// manifest names is refused and changes nothing, so another peer may be asked for it.
class SnapshotImport {
 public:
  /// `already_exists` when the store holds a height.
  static Result<SnapshotImport> begin(NodeStore& store, SnapshotManifest manifest);

  std::size_t next_chunk() const { return next_; }
  Status add(ByteView chunk);
  /// After the last chunk: commits the height when the root is the manifest's.
  Status finish();

 private:
  SnapshotImport(NodeStore& store, SnapshotManifest manifest)
      : store_(&store), manifest_(std::move(manifest)) {}

  NodeStore* store_;
  SnapshotManifest manifest_;
  std::size_t next_ = 0;
  std::vector<std::pair<Bytes, Bytes>> entries_;
};

}  // namespace cambium::state
