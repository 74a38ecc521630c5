// A height as chunks: for nodes that join, and to go back to. The same bytes from every node, each
// chunk checked on arrival, the root equal at the end. An increment holds only what differs from an
// earlier height.
#pragma once

#include <functional>
#include <vector>

#include "base/ids.hpp"
#include "state/bulk.hpp"
#include "state/height_view.hpp"

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

/// What changed since `base`, erased entries included.
struct IncrementManifest {
  Height base;
  Hash base_root;
  SnapshotManifest changes;  // of its own height and root
  bool operator==(const IncrementManifest&) const = default;
};

Bytes encode(const IncrementManifest& manifest);
Result<IncrementManifest> decode_increment(ByteView bytes);

using ChunkSink = std::function<Status(Bytes chunk)>;

/// Hands the chunks out in order, then returns the manifest. Entries are in path order.
Result<SnapshotManifest> export_snapshot(const HeightView& view, std::size_t chunk_bytes,
                                         const ChunkSink& sink);
/// The entries that differ between a height that can still be read and the view's, ascending by
/// key. `not_found` when the history in between is pruned.
Result<IncrementManifest> export_increment(const HeightView& base, const HeightView& view,
                                           std::size_t chunk_bytes, const ChunkSink& sink);

/// Builds a height in an empty store from its chunks, in order, in memory of a bounded size. A
/// chunk that is not what the manifest names is refused and changes nothing, so another peer may be
/// asked for it.
class SnapshotImport {
 public:
  /// `already_exists` when the store holds a height. `last` is the height that will be finished,
  /// where increments follow.
  static Result<SnapshotImport> begin(NodeStore& store, SnapshotManifest manifest,
                                      std::optional<Height> last = {});

  std::size_t next_chunk() const { return next_; }
  Status add(ByteView chunk);
  /// After the last chunk: the root must be what the manifest says. The increment's chunks follow.
  Status go_on(IncrementManifest next);
  /// After the last chunk of all: commits the height when the root is the manifest's.
  Status finish(std::span<const MetaRecord> records = {});

 private:
  struct Entry {
    Bytes key;
    std::optional<Bytes> value;
  };
  SnapshotImport(BulkWriter writer, SnapshotManifest manifest)
      : writer_(std::move(writer)), manifest_(std::move(manifest)) {}
  Status flush();
  Status complete();

  BulkWriter writer_;
  SnapshotManifest manifest_;  // of what is arriving
  std::size_t next_ = 0;
  std::uint64_t seen_ = 0;  // entries
  std::vector<Entry> waiting_;
  std::size_t waiting_bytes_ = 0;
};

}  // namespace cambium::state
