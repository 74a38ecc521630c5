#include "engine/snapshots/snapshot_store.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <fstream>
#include <set>
#include <sstream>

#include "base/crash_point.hpp"
#include "base/durable_file.hpp"
#include "crypto/sha256.hpp"
#include "engine/snapshots/snapshot_files.hpp"

namespace cambium::engine {
namespace {

namespace fs = std::filesystem;
const CrashPoint kAfterChunk("engine.snapshot.after_chunk");
const CrashPoint kBeforeRename("engine.snapshot.before_rename");

/// Writes chunks as files 000000, 000001, ...
class ChunkFiles {
 public:
  explicit ChunkFiles(fs::path folder) : folder_(std::move(folder)) {}
  Status operator()(Bytes chunk) {
    TRY(auto file, OutputFile::create(folder_ / chunk_name(count_++)));
    TRY_STATUS(file.write(chunk));
    TRY_STATUS(file.sync());
    kAfterChunk.pass();
    return {};
  }

 private:
  fs::path folder_;
  std::size_t count_ = 0;
};

}  // namespace

Status SnapshotStore::write_folder(const std::string& name, const state::HeightView& view,
                                   const Export& metadata_of) {
  const fs::path whole = folder_ / name;
  const fs::path part = whole.string() + ".part";
  std::error_code error;
  fs::remove_all(part, error);
  fs::create_directories(part, error);
  if (error) return tl::unexpected<Error>(io_error("making a snapshot", part));
  const auto fill = [&]() -> Status {
    ChunkFiles chunks(part);
    TRY(const Bytes metadata, metadata_of(std::ref(chunks)));
    TRY_STATUS(view.health());
    const std::string seen = seen_text(seen_chains(view));
    TRY_STATUS(write_durably(part / kSeenFile, {as_bytes(seen)}));
    return write_durably(part / kMetadataFile, {metadata});
  };
  if (const Status filled = fill(); !filled) {
    fs::remove_all(part, error);  // a full disk gets its space back
    return filled;
  }
  kBeforeRename.pass();
  fs::remove_all(whole, error);
  TRY_STATUS(rename_file({part, whole}));
  return sync_folder(folder_);
}

Status SnapshotStore::write(const state::HeightView& view, const HeadRecord& head) {
  return write_folder(full_name(head.height), view,
                      [&](const state::ChunkSink& sink) -> Result<Bytes> {
    TRY(auto manifest, state::export_snapshot(view, kSnapshotChunkBytes, sink));
    return encode(SnapshotFacts{head, std::move(manifest)});
  });
}

Status SnapshotStore::write_increment(const state::HeightView& base, const state::HeightView& view,
                                      const HeadRecord& head) {
  return write_folder(increment_name(base.height(), head.height), view,
                      [&](const state::ChunkSink& sink) -> Result<Bytes> {
    TRY(auto manifest, state::export_increment(base, view, kSnapshotChunkBytes, sink));
    return encode(IncrementFacts{head, std::move(manifest)});
  });
}

std::vector<std::string> SnapshotStore::names() const {
  std::vector<std::string> out;
  std::error_code error;
  for (const auto& entry : fs::directory_iterator(folder_, error)) {
    const std::string name = entry.path().filename().string();
    if (parse_name(name)) out.push_back(name);
  }
  return out;
}

Result<SnapshotStore::Link> SnapshotStore::read(const std::string& name) const {
  Link out{.folder = folder_ / name, .point = {}, .manifest = {}, .increment = {}};
  TRY(const Bytes metadata, read_file(out.folder / kMetadataFile));
  if (parse_name(name)->base) {
    TRY(auto facts, decode_increment_facts(metadata));
    out.point.head = facts.head;
    out.point.base = facts.manifest.base;
    out.manifest = facts.manifest.changes;
    out.increment = std::move(facts.manifest);
  } else {
    TRY(auto facts, decode_snapshot_facts(metadata));
    out.point.head = facts.head;
    out.manifest = std::move(facts.manifest);
  }
  out.point.root = out.manifest.root;
  out.point.hash = crypto::sha256(metadata);
  out.point.entries = out.manifest.entries;
  out.point.chunks = out.manifest.chunks.size();
  std::error_code error;
  for (const auto& file : fs::directory_iterator(out.folder, error)) {
    out.point.bytes += file.file_size(error);
  }
  TRY(const Bytes seen, read_file(out.folder / kSeenFile));
  out.point.sees = parse_seen(as_chars(seen));
  return out;
}

std::vector<SnapshotPoint> SnapshotStore::points() const {
  std::vector<SnapshotPoint> out;
  for (const auto& name : names()) {
    if (auto link = read(name)) out.push_back(std::move(link->point));
  }
  // Where a height has both kinds, the full one comes first.
  std::sort(out.begin(), out.end(), [](const SnapshotPoint& a, const SnapshotPoint& b) {
    if (a.height() != b.height()) return a.height() > b.height();
    return a.full() && !b.full();
  });
  return out;
}

Result<SnapshotPoint> SnapshotStore::point(Height height) const {
  for (auto& point : points()) {
    if (point.height() == height) return point;
  }
  return fail(ErrorCode::not_found,
              fmt::format("There is no snapshot of height {} in {}.", height.value,
                          folder_.string()));
}

Result<std::vector<SnapshotStore::Link>> SnapshotStore::way_to(Height height) const {
  std::vector<Link> way;
  for (Height at = height;;) {
    TRY(const auto found, point(at));
    TRY(auto link, read(found.full() ? full_name(at) : increment_name(*found.base, at)));
    way.push_back(std::move(link));
    if (found.full()) break;
    at = *found.base;
  }
  std::reverse(way.begin(), way.end());
  return way;
}

Result<Bytes> SnapshotStore::chunk_of(const Link& link, std::size_t index) const {
  const fs::path file = link.folder / chunk_name(index);
  TRY(auto bytes, read_file(file));
  if (crypto::sha256(bytes) == link.manifest.chunks[index]) return bytes;
  return fail(ErrorCode::corrupt,
              fmt::format("{} is damaged: its hash is not the one that the snapshot of height {} "
                          "names. Use another snapshot, or copy the file from another node.",
                          file.string(), link.point.height().value));
}

Status SnapshotStore::load(Height height, state::NodeStore& into,
                           std::span<const state::MetaRecord> records,
                           const OnSnapshotProgress& progress) const {
  TRY(const auto way, way_to(height));
  SnapshotProgress at;
  for (const Link& link : way) at.of += link.point.chunks;
  TRY(auto import, state::SnapshotImport::begin(into, way.front().manifest, height));
  for (const Link& link : way) {
    if (link.increment) TRY_STATUS(import.go_on(*link.increment));
    for (std::size_t i = 0; i < link.manifest.chunks.size(); ++i) {
      TRY(const Bytes bytes, chunk_of(link, i));
      TRY_STATUS(import.add(bytes));
      ++at.done;
      if (progress) progress(at);
    }
  }
  return import.finish(records);
}

Status SnapshotStore::verify(Height height, const OnSnapshotProgress& progress) const {
  TRY(const auto way, way_to(height));
  SnapshotProgress at;
  for (const Link& link : way) at.of += link.point.chunks;
  for (const Link& link : way) {
    for (std::size_t i = 0; i < link.manifest.chunks.size(); ++i) {
      TRY_STATUS(chunk_of(link, i));
      ++at.done;
      if (progress) progress(at);
    }
  }
  return {};
}

void SnapshotStore::trim(const SnapshotWindow& window) {
  const auto all = points();
  if (all.empty()) return;
  std::set<std::uint64_t> kept;
  for (const auto& point : all) {  // newest first, so what an increment needs comes after it
    const bool recent = point.head.time.value + window.window_ms > all.front().head.time.value;
    const bool origin = window.origin == point.height();
    if (!recent && !origin && !kept.contains(point.height().value)) continue;
    kept.insert(point.height().value);
    if (point.base) kept.insert(point.base->value);
  }
  std::error_code ignored;
  for (const auto& name : names()) {
    if (!kept.contains(parse_name(name)->height.value)) fs::remove_all(folder_ / name, ignored);
  }
}

std::vector<SnapshotOffer> SnapshotStore::list() const {
  std::vector<SnapshotOffer> out;
  for (const auto& point : points()) {
    if (!point.full()) continue;
    auto metadata = read_file(folder_ / full_name(point.height()) / kMetadataFile);
    if (!metadata) continue;
    out.push_back({point.height(), std::move(*metadata),
                   static_cast<std::uint32_t>(point.chunks)});
  }
  return out;
}

Result<Bytes> SnapshotStore::chunk(Height height, std::uint32_t index) const {
  return read_file(folder_ / full_name(height) / chunk_name(index));
}

}  // namespace cambium::engine
