#include "engine/cometbft/snapshots/snapshot_store.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <fstream>
#include <sstream>

#include "base/durable_file.hpp"

namespace cambium::engine {
namespace {

namespace fs = std::filesystem;
constexpr std::size_t kHeadBytes = 48;

std::string chunk_name(std::size_t index) { return fmt::format("{:06}", index); }

Result<Bytes> read_file(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  std::ostringstream text;
  text << in.rdbuf();
  if (in && text) return to_bytes(text.str());
  return fail(ErrorCode::not_found, fmt::format("{} is not there.", path.string()));
}

}  // namespace

Bytes encode(const SnapshotFacts& facts) {
  Bytes out = encode(facts.head);
  append(out, state::encode(facts.manifest));
  return out;
}

Result<SnapshotFacts> decode_snapshot_facts(ByteView bytes) {
  if (bytes.size() < kHeadBytes) {
    return fail(ErrorCode::corrupt, "The snapshot's metadata is too short.");
  }
  SnapshotFacts out;
  TRY(out.head, decode_head(bytes.first(kHeadBytes)));
  TRY(out.manifest, state::decode_manifest(bytes.subspan(kHeadBytes)));
  if (out.head.height == out.manifest.height) return out;
  return fail(ErrorCode::corrupt, "The snapshot's metadata names two heights.");
}

Status SnapshotStore::write(const state::HeightView& view, const HeadRecord& head) {
  const fs::path whole = folder_ / std::to_string(head.height.value);
  const fs::path part = whole.string() + ".part";
  std::error_code error;
  fs::remove_all(part, error);
  fs::create_directories(part, error);
  if (error) return tl::unexpected<Error>(io_error("making a snapshot", part));
  std::size_t count = 0;
  const auto sink = [&](Bytes chunk) -> Status {
    TRY(auto file, OutputFile::create(part / chunk_name(count++)));
    TRY_STATUS(file.write(chunk));
    return file.sync();
  };
  TRY(auto manifest, state::export_snapshot(view, kSnapshotChunkBytes, sink));
  TRY_STATUS(view.health());
  const Bytes metadata = encode(SnapshotFacts{head, std::move(manifest)});
  TRY_STATUS(write_durably(part / "metadata", {metadata}));
  fs::remove_all(whole, error);
  TRY_STATUS(rename_file({part, whole}));
  return sync_folder(folder_);
}

std::vector<std::uint64_t> SnapshotStore::heights() const {
  std::vector<std::uint64_t> out;
  std::error_code error;
  for (const auto& entry : fs::directory_iterator(folder_, error)) {
    const std::string name = entry.path().filename().string();
    std::uint64_t height = 0;
    const auto parsed = std::from_chars(name.data(), name.data() + name.size(), height);
    if (parsed.ec == std::errc{} && parsed.ptr == name.data() + name.size()) {
      out.push_back(height);
    }
  }
  std::sort(out.rbegin(), out.rend());
  return out;
}

void SnapshotStore::trim(std::size_t keep) {
  const auto all = heights();
  std::error_code ignored;
  for (std::size_t i = keep; i < all.size(); ++i) {
    fs::remove_all(folder_ / std::to_string(all[i]), ignored);
  }
}

std::vector<SnapshotOffer> SnapshotStore::list() const {
  std::vector<SnapshotOffer> out;
  for (const auto height : heights()) {
    auto metadata = read_file(folder_ / std::to_string(height) / "metadata");
    if (!metadata) continue;
    const auto facts = decode_snapshot_facts(*metadata);
    if (!facts) continue;
    out.push_back({{height}, std::move(*metadata),
                   static_cast<std::uint32_t>(facts->manifest.chunks.size())});
  }
  return out;
}

Result<Bytes> SnapshotStore::chunk(Height height, std::uint32_t index) const {
  return read_file(folder_ / std::to_string(height.value) / chunk_name(index));
}

}  // namespace cambium::engine
