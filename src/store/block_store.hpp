// The local tier: payloads on this machine's disk under their content id. Blocks are immutable, so
// there is no update, only put, open and erase. A crash leaves a whole block or none.
//
//   <dir>/blocks/<hex root>       content, Merkle index, trailer (crypto/payload_tree.hpp)
//   <dir>/blocks/<hex root>.crc   CRC32C of every 64 KiB of that file, to find bit rot cheaply
//   <dir>/tmp/                    writes under way; emptied when the store opens
//   <dir>/pins                    pinned roots, one hex line each, replaced as a whole
//   <dir>/lock                    held by the process that owns the store
#pragma once

#include <filesystem>
#include <memory>
#include <mutex>
#include <set>
#include <string>
#include <vector>

#include "base/bytes.hpp"
#include "base/ids.hpp"
#include "base/result.hpp"
#include "store/detail/folder_lock.hpp"
#include "store/stored_payload.hpp"

namespace cambium::store {

/// Damage found by a scrub: which bytes of which block no longer match their checksum.
struct Damage {
  Hash root;
  std::uint64_t offset = 0;  // in the stored file
  std::uint64_t size = 0;
  std::string reason;        // a sentence
};

struct ScrubReport {
  std::uint64_t blocks = 0;
  std::uint64_t bytes = 0;
  std::vector<Damage> damage;
};

/// One process owns a directory at a time. Threads may share the store.
class BlockStore {
 public:
  /// Makes the directory when it is missing and removes what an interrupted put left behind.
  static Result<std::unique_ptr<BlockStore>> open(const std::filesystem::path& dir);

  /// Stores the content and returns its root, durable when it returns. Storing it again writes
  /// nothing durable, unless the stored file is damaged: then it is replaced.
  Result<Hash> put(ByteView content);
  /// Like put, but refuses content whose root is not `expected` and keeps nothing of it.
  Status put_as(const Hash& expected, ByteView content);

  /// A put in pieces; nothing is visible before `commit`, and destruction without it cleans up.
  class Writer;
  Result<std::unique_ptr<Writer>> begin();

  /// Maps the block. Its index is checked against the root; content is verified on demand.
  Result<std::unique_ptr<StoredPayload>> open(const Hash& root) const;
  bool has(const Hash& root) const;
  /// Removes the block; refused while it is pinned. Open mappings stay valid.
  Status erase(const Hash& root);
  /// Every stored root, ascending.
  Result<std::vector<Hash>> list() const;
  /// Where the block's file is or would be.
  std::filesystem::path path(const Hash& root) const;
  /// Bytes of all block files and their checksums.
  Result<std::uint64_t> bytes_used() const;

  /// A pinned block cannot be erased; pins survive restarts.
  Status pin(const Hash& root);
  Status unpin(const Hash& root);
  bool pinned(const Hash& root) const;

  /// Reads every block and names each 64 KiB range that has rotted.
  Result<ScrubReport> scrub() const;
  /// The same for one block.
  Result<std::vector<Damage>> scrub(const Hash& root) const;

 private:
  BlockStore(std::filesystem::path dir, detail::FolderLock lock)
      : dir_(std::move(dir)), lock_(std::move(lock)) {}
  Status clean_up();
  Status load_pins();
  Status save_pins(const std::set<Hash>& pins);

  std::filesystem::path dir_;
  detail::FolderLock lock_;
  mutable std::mutex mutex_;  // guards pins_ and next_temp_
  std::set<Hash> pins_;
  std::uint64_t next_temp_ = 0;
};

/// Streams one block in. Owned by whoever began it; used by one thread.
class BlockStore::Writer {
 public:
  ~Writer();
  Status write(ByteView more);
  /// Makes the block durable and visible, and says what it is.
  Result<Hash> commit();
  /// The same, refused when the bytes are not `expected`.
  Status commit_as(const Hash& expected);

 private:
  friend class BlockStore;
  struct State;
  explicit Writer(std::unique_ptr<State> state);
  Result<Hash> finish(const Hash* expected);
  std::unique_ptr<State> state_;
};

}  // namespace cambium::store
