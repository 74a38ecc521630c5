#include "state/snapshot.hpp"

#include <algorithm>
#include <fmt/format.h>

#include "base/check.hpp"
#include "crypto/sha256.hpp"
#include "state/detail/wire.hpp"

namespace cambium::state {
namespace {

using detail::append_le;
using detail::Input;

tl::unexpected<Error> bad_snapshot(std::string_view what) {
  return fail(ErrorCode::corrupt,
              fmt::format("the snapshot {}; ask another peer for it", what));
}

// An entry in a chunk: key length (2 bytes), key, value length (4 bytes), value.
std::size_t entry_size(ByteView key, ByteView value) { return 6 + key.size() + value.size(); }

void append_entry(Bytes& chunk, ByteView key, ByteView value) {
  append_le(chunk, static_cast<std::uint16_t>(key.size()));
  append(chunk, key);
  append_le(chunk, static_cast<std::uint32_t>(value.size()));
  append(chunk, value);
}

}  // namespace

Bytes encode(const SnapshotManifest& manifest) {
  Bytes out;
  append_le(out, manifest.height.value);
  append(out, manifest.root);
  append_le(out, manifest.entries);
  append_le(out, static_cast<std::uint32_t>(manifest.chunks.size()));
  for (const auto& chunk : manifest.chunks) append(out, chunk);
  return out;
}

Result<SnapshotManifest> decode_manifest(ByteView bytes) {
  Input in(bytes);
  SnapshotManifest manifest;
  manifest.height.value = in.read<std::uint64_t>();
  const auto root = Hash::from(in.take(Hash::kSize));
  manifest.entries = in.read<std::uint64_t>();
  const auto count = in.read<std::uint32_t>();
  if (!root || in.failed() || in.rest().size() != std::size_t{count} * Hash::kSize)
    return bad_snapshot("manifest is not whole");
  manifest.root = *root;
  for (std::uint32_t i = 0; i < count; ++i)
    manifest.chunks.push_back(*Hash::from(in.take(Hash::kSize)));
  return manifest;
}

Result<SnapshotManifest> export_snapshot(const HeightView& view, std::size_t chunk_bytes,
                                         const std::function<Status(Bytes chunk)>& sink) {
  CHECK(chunk_bytes > 0 && chunk_bytes <= kMaxChunkBytes, "chunks hold 1 byte to 10 MiB");
  SnapshotManifest manifest{view.height(), view.root(), 0, {}};
  Bytes chunk;
  Status status;
  const auto flush = [&] {
    if (chunk.empty()) return;
    manifest.chunks.push_back(crypto::sha256(chunk));
    status = sink(std::exchange(chunk, {}));
  };
  TRY_STATUS(view.walk([&](ByteView key) {
    const auto value = view.get(key);
    if (!value) {
      status = view.health() ? bad_snapshot("source names a key without a value") : view.health();
      return false;
    }
    const std::size_t size = entry_size(key, *value);
    if (size > kMaxChunkBytes) {
      status = fail(ErrorCode::unsupported, "a state entry is larger than a snapshot chunk");
      return false;
    }
    if (!chunk.empty() && chunk.size() + size > chunk_bytes) flush();
    append_entry(chunk, key, *value);
    ++manifest.entries;
    return status.has_value();
  }));
  TRY_STATUS(status);
  flush();
  TRY_STATUS(status);
  return manifest;
}

Result<SnapshotImport> SnapshotImport::begin(NodeStore& store, SnapshotManifest manifest) {
  TRY(const auto tree, Tree::open(store));
  if (tree.latest())
    return fail(ErrorCode::already_exists,
                "the state store already holds a height; import a snapshot into an empty one");
  return SnapshotImport(store, std::move(manifest));
}

Status SnapshotImport::add(ByteView chunk) {
  if (next_ >= manifest_.chunks.size())
    return fail(ErrorCode::invalid_input, "every chunk of the snapshot has arrived already");
  if (chunk.size() > kMaxChunkBytes || crypto::sha256(chunk) != manifest_.chunks[next_])
    return bad_snapshot(fmt::format("chunk {} is not the one its manifest names", next_));
  std::vector<std::pair<Bytes, Bytes>> entries;
  Input in(chunk);
  while (!in.rest().empty()) {
    const ByteView key = in.take(in.read<std::uint16_t>());
    const ByteView value = in.take(in.read<std::uint32_t>());
    if (in.failed()) return bad_snapshot(fmt::format("chunk {} ends inside an entry", next_));
    entries.emplace_back(to_bytes(key), to_bytes(value));
  }
  if (entries_.size() + entries.size() > manifest_.entries)
    return bad_snapshot("holds more entries than its manifest says");
  std::move(entries.begin(), entries.end(), std::back_inserter(entries_));
  ++next_;
  return {};
}

// The whole height is one batch: either it is there with the right root, or the store stays empty.
Status SnapshotImport::finish() {
  if (next_ != manifest_.chunks.size() || entries_.size() != manifest_.entries)
    return bad_snapshot("is not complete yet");
  std::sort(entries_.begin(), entries_.end());
  std::vector<Update> updates;
  updates.reserve(entries_.size());
  for (const auto& [key, value] : entries_) updates.push_back({key, ByteView(value)});
  TRY(auto tree, Tree::open(*store_));
  TRY(const auto root, tree.stage(manifest_.height, updates));
  if (root != manifest_.root) {
    tree.discard();
    return bad_snapshot("does not lead to the root it promises");
  }
  return tree.commit(Durability::synced);
}

}  // namespace cambium::state
