#include "state/snapshot.hpp"

#include <algorithm>
#include <fmt/format.h>

#include "crypto/sha256.hpp"
#include "state/detail/chunk.hpp"
#include "state/detail/wire.hpp"

namespace cambium::state {
namespace {

using detail::append_le;
using detail::Input;

// Entries of several chunks go into the store together: each batch touches pages all over the
// table of entries, so few large ones write less than many small ones.
constexpr std::size_t kBatchBytes = 16u << 20;

tl::unexpected<Error> bad_snapshot(std::string_view what) {
  return fail(ErrorCode::corrupt,
              fmt::format("the snapshot {}; ask another peer for it", what));
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

Bytes encode(const IncrementManifest& manifest) {
  Bytes out;
  append_le(out, manifest.base.value);
  append(out, manifest.base_root);
  append(out, encode(manifest.changes));
  return out;
}

Result<IncrementManifest> decode_increment(ByteView bytes) {
  Input in(bytes);
  IncrementManifest manifest;
  manifest.base.value = in.read<std::uint64_t>();
  const auto root = Hash::from(in.take(Hash::kSize));
  if (!root) return bad_snapshot("manifest is not whole");
  manifest.base_root = *root;
  TRY(manifest.changes, decode_manifest(in.rest()));
  if (manifest.changes.height > manifest.base) return manifest;
  return bad_snapshot("increment does not lead to a later height");
}

Result<SnapshotManifest> export_snapshot(const HeightView& view, std::size_t chunk_bytes,
                                         const ChunkSink& sink) {
  detail::ChunkWriter chunks(chunk_bytes, sink);
  Status status;
  TRY_STATUS(view.walk([&](ByteView key) {
    const auto value = view.get(key);
    if (value) {
      status = chunks.add({key, ByteView(*value)});
    } else {
      status = view.health() ? bad_snapshot("source names a key without a value") : view.health();
    }
    return status.has_value();
  }));
  TRY_STATUS(status);
  TRY_STATUS(chunks.finish());
  return SnapshotManifest{view.height(), view.root(), chunks.entries(),
                          std::move(chunks.hashes())};
}

Result<IncrementManifest> export_increment(const HeightView& base, const HeightView& view,
                                           std::size_t chunk_bytes, const ChunkSink& sink) {
  detail::ChunkWriter chunks(chunk_bytes, sink);
  TRY(const auto keys, view.changed_since(base.height()));
  for (const Bytes& key : keys) {
    const auto value = view.get(key);
    TRY_STATUS(view.health());
    TRY_STATUS(chunks.add({key, value ? std::optional<ByteView>(*value) : std::nullopt}));
  }
  TRY_STATUS(chunks.finish());
  return IncrementManifest{base.height(), base.root(),
                           {view.height(), view.root(), chunks.entries(),
                            std::move(chunks.hashes())}};
}

Result<SnapshotImport> SnapshotImport::begin(NodeStore& store, SnapshotManifest manifest,
                                             std::optional<Height> last) {
  TRY(auto writer, BulkWriter::begin(store, last.value_or(manifest.height)));
  return SnapshotImport(std::move(writer), std::move(manifest));
}

Status SnapshotImport::add(ByteView chunk) {
  if (next_ >= manifest_.chunks.size())
    return fail(ErrorCode::invalid_input, "every chunk of the snapshot has arrived already");
  if (chunk.size() > kMaxChunkBytes || crypto::sha256(chunk) != manifest_.chunks[next_])
    return bad_snapshot(fmt::format("chunk {} is not the one its manifest names", next_));
  std::vector<Entry> entries;
  TRY_STATUS(detail::read_chunk(chunk, [&](const Update& entry) {
    Entry& out = entries.emplace_back(Entry{to_bytes(entry.key), std::nullopt});
    if (entry.value) out.value = to_bytes(*entry.value);
  }));
  if (seen_ + entries.size() > manifest_.entries)
    return bad_snapshot("holds more entries than its manifest says");
  seen_ += entries.size();
  std::move(entries.begin(), entries.end(), std::back_inserter(waiting_));
  waiting_bytes_ += chunk.size();
  ++next_;
  return waiting_bytes_ >= kBatchBytes ? flush() : Status{};
}

Status SnapshotImport::flush() {
  std::sort(waiting_.begin(), waiting_.end(),
            [](const Entry& a, const Entry& b) { return less(a.key, b.key); });
  std::vector<Update> updates;
  updates.reserve(waiting_.size());
  for (const auto& entry : waiting_)
    updates.push_back({entry.key, entry.value ? std::optional<ByteView>(*entry.value)
                                              : std::nullopt});
  TRY_STATUS(writer_.add(updates));
  waiting_.clear();
  waiting_bytes_ = 0;
  return {};
}

Status SnapshotImport::complete() {
  if (next_ != manifest_.chunks.size() || seen_ != manifest_.entries)
    return bad_snapshot("is not complete yet");
  return flush();
}

Status SnapshotImport::go_on(IncrementManifest next) {
  TRY_STATUS(complete());
  if (next.base != manifest_.height || next.base_root != manifest_.root ||
      writer_.root() != manifest_.root) {
    return bad_snapshot(fmt::format("of height {} is not what the increment to {} begins with",
                                    manifest_.height.value, next.changes.height.value));
  }
  manifest_ = std::move(next.changes);
  next_ = 0;
  seen_ = 0;
  return {};
}

Status SnapshotImport::finish(std::span<const MetaRecord> records) {
  TRY_STATUS(complete());
  return writer_.finish(manifest_.root, records);
}

}  // namespace cambium::state
