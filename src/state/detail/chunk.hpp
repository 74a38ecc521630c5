// How snapshots write entries into chunks: key length (2 bytes), key, value length (4 bytes),
// value; the length of an erased entry's value is 2^32 - 1.
#pragma once

#include "base/ids.hpp"
#include "state/snapshot.hpp"

namespace cambium::state::detail {

/// Cuts a run of entries into chunks of about `chunk_bytes`, each hashed and handed on.
class ChunkWriter {
 public:
  ChunkWriter(std::size_t chunk_bytes, const ChunkSink& sink);
  /// `unsupported` for an entry larger than any chunk.
  Status add(const Update& entry);
  /// After the last entry: the hashes of all chunks, and how many entries they hold.
  Status finish();
  std::vector<Hash>& hashes() { return hashes_; }
  std::uint64_t entries() const { return entries_; }

 private:
  std::size_t chunk_bytes_;
  const ChunkSink& sink_;
  Bytes chunk_;
  std::vector<Hash> hashes_;
  std::uint64_t entries_ = 0;
};

/// Visits the entries of a chunk, borrowed from it; `corrupt` where it ends inside one.
Status read_chunk(ByteView chunk, const std::function<void(const Update& entry)>& visit);

}  // namespace cambium::state::detail
