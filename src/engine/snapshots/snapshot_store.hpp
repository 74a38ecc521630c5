// Snapshots as files: one folder a height with its metadata and chunks, full ones named by their
// height, increments by it and by the height that they begin with. Full ones serve nodes that join,
// where every node of a chain makes the same bytes; all of them are ways back.
#pragma once

#include <filesystem>
#include <functional>
#include <vector>

#include "engine/snapshots/snapshot_facts.hpp"

namespace cambium::engine {

/// Bytes of a chunk: small enough to be asked of many peers, far below CometBFT's 16 MB.
inline constexpr std::size_t kSnapshotChunkBytes = 4u << 20;

/// One full snapshot that can be handed out.
struct SnapshotOffer {
  Height height;
  Bytes metadata;  // encoded SnapshotFacts
  std::uint32_t chunks = 0;
};

/// Which snapshots stay: those of the window before the newest one, whatever they build on, and
/// the one that the chain itself began with.
struct SnapshotWindow {
  std::int64_t window_ms = 86'400'000;
  std::optional<Height> origin;
};

struct SnapshotProgress {
  std::uint64_t done = 0;  // chunks
  std::uint64_t of = 0;
};
using OnSnapshotProgress = std::function<void(const SnapshotProgress&)>;

/// Used by one writer; reading goes on at the same time.
class SnapshotStore {
 public:
  explicit SnapshotStore(std::filesystem::path folder) : folder_(std::move(folder)) {}

  /// Makes the full snapshot of the view's height; what is half written after a crash or on a full
  /// disk is not offered, and removed by the next one.
  Status write(const state::HeightView& view, const HeadRecord& head);
  /// Makes the increment from a height that this store has to the view's.
  Status write_increment(const state::HeightView& base, const state::HeightView& view,
                         const HeadRecord& head);
  void trim(const SnapshotWindow& window);

  /// Full ones, newest first.
  std::vector<SnapshotOffer> list() const;
  /// `not_found` when it is gone. Of a full snapshot.
  Result<Bytes> chunk(Height height, std::uint32_t index) const;

  /// Everything one can go back to, newest first. A folder whose metadata is damaged is left out.
  std::vector<SnapshotPoint> points() const;
  Result<SnapshotPoint> point(Height height) const;
  /// Builds the height from the full snapshot below it and the increments in between: every chunk
  /// is hashed, and each snapshot on the way must lead to its root. The store is empty before.
  Status load(Height height, state::NodeStore& into, std::span<const state::MetaRecord> records,
              const OnSnapshotProgress& progress = {}) const;
  /// Reads every chunk of the height, and of what it builds on, and compares its hash. The error
  /// names the first file that is wrong.
  Status verify(Height height, const OnSnapshotProgress& progress = {}) const;

  const std::filesystem::path& folder() const { return folder_; }

 private:
  struct Link {  // of the way from a full snapshot to a height
    std::filesystem::path folder;
    SnapshotPoint point;
    state::SnapshotManifest manifest;
    std::optional<state::IncrementManifest> increment;
  };
  using Export = std::function<Result<Bytes>(const state::ChunkSink& sink)>;

  Status write_folder(const std::string& name, const state::HeightView& view,
                      const Export& metadata_of);
  Result<Link> read(const std::string& name) const;
  /// From the full one to the height.
  Result<std::vector<Link>> way_to(Height height) const;
  Result<Bytes> chunk_of(const Link& link, std::size_t index) const;
  std::vector<std::string> names() const;

  std::filesystem::path folder_;
};

}  // namespace cambium::engine
