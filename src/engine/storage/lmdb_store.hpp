// The durable NodeStore: one LMDB environment per chain (docs/adr/0004-state-store.md says why).
#pragma once

#include <filesystem>
#include <memory>

#include "state/node_store.hpp"

namespace cambium::engine {

struct LmdbOptions {
  /// Address space reserved for the file, and its greatest size; memory and disk are used only as
  /// the state grows.
  std::size_t map_bytes = std::size_t{256} << 30;
  unsigned max_readers = 1024;
};

/// Opens or makes the store in `folder`, which one process uses at a time.
///
/// A `synced` write survives a power cut. A `buffered` one survives the end of the process, but
/// a power cut before the next `sync` may leave the file unusable; the owner then rebuilds the
/// state from its block log, so buffered writes are for owners that have one.
Result<std::unique_ptr<state::NodeStore>> open_lmdb_store(const std::filesystem::path& folder,
                                                          LmdbOptions options = {});

}  // namespace cambium::engine
