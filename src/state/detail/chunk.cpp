#include "state/detail/chunk.hpp"

#include "base/check.hpp"
#include "crypto/sha256.hpp"
#include "state/detail/wire.hpp"

namespace cambium::state::detail {
namespace {

constexpr std::uint32_t kErased = UINT32_MAX;

}  // namespace

ChunkWriter::ChunkWriter(std::size_t chunk_bytes, const ChunkSink& sink)
    : chunk_bytes_(chunk_bytes), sink_(sink) {
  CHECK(chunk_bytes > 0 && chunk_bytes <= kMaxChunkBytes, "chunks hold 1 byte to 10 MiB");
}

Status ChunkWriter::add(const Update& entry) {
  const ByteView value = entry.value.value_or(ByteView{});
  const std::size_t size = 6 + entry.key.size() + value.size();
  if (size > kMaxChunkBytes) {
    return fail(ErrorCode::unsupported, "a state entry is larger than a snapshot chunk");
  }
  if (!chunk_.empty() && chunk_.size() + size > chunk_bytes_) TRY_STATUS(finish());
  append_le(chunk_, static_cast<std::uint16_t>(entry.key.size()));
  append(chunk_, entry.key);
  append_le(chunk_, entry.value ? static_cast<std::uint32_t>(value.size()) : kErased);
  append(chunk_, value);
  ++entries_;
  return {};
}

Status ChunkWriter::finish() {
  if (chunk_.empty()) return {};
  hashes_.push_back(crypto::sha256(chunk_));
  return sink_(std::exchange(chunk_, {}));
}

Status read_chunk(ByteView chunk, const std::function<void(const Update& entry)>& visit) {
  Input in(chunk);
  while (!in.rest().empty()) {
    Update entry{.key = in.take(in.read<std::uint16_t>()), .value = {}};
    const auto size = in.read<std::uint32_t>();
    if (size != kErased) entry.value = in.take(size);
    if (in.failed()) {
      return fail(ErrorCode::corrupt, "a chunk of the snapshot ends inside an entry; ask another "
                                      "peer for it");
    }
    visit(entry);
  }
  return {};
}

}  // namespace cambium::state::detail
