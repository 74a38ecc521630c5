// The writer of versioned state: a batch of updates per height, a Merkle root for each.
// The root is that of ICS-23's SmtSpec: path = SHA256(key), leaf = SHA256(0 || path ||
// SHA256(value)), inner = SHA256(1 || left || right), an empty subtree is 32 zero bytes and a
// subtree with one leaf is that leaf.
#pragma once

#include <memory>
#include <span>

#include "base/ids.hpp"
#include "state/node_store.hpp"
#include "state/overlay.hpp"

namespace cambium::state {

/// Borrowed; no value means the key is erased.
struct Update {
  ByteView key;
  std::optional<ByteView> value;
};

/// The `after` of every change, borrowed from the diff.
std::vector<Update> updates_of(const Diff& diff);

struct TreeOptions {
  /// Decoded pages kept in memory between heights; the least recently used go first.
  std::size_t cache_bytes = 256u << 20;
};

/// Something the owner stores atomically with a height, such as a block hash. Keys of the tree
/// itself start with a byte below 0x20, so an owner's keys are text.
struct MetaRecord {
  Bytes key;
  Bytes value;
};

struct PruneProgress {
  std::size_t erased = 0;  // records removed by this call
  bool done = true;        // false: the limit was met first, call again
};

class Tree {
 public:
  /// Continues from the newest height in the store, which is borrowed.
  static Result<Tree> open(NodeStore& store, TreeOptions options = {});
  Tree(Tree&&) noexcept;
  Tree& operator=(Tree&&) noexcept;
  ~Tree();

  /// Nothing before the first commit.
  std::optional<Height> latest() const;
  /// The root of the newest committed height; zero for the empty state.
  const Hash& root() const;

  /// Computes the root of `height` (above `latest`) with the updates applied. They are ascending
  /// by key without duplicates; erasing an absent key changes nothing. Writes nothing yet.
  Result<Hash> stage(Height height, std::span<const Update> updates);
  /// Writes what was staged and the owner's records, atomically.
  Status commit(Durability durability, std::span<const MetaRecord> records = {});
  /// Forgets what was staged.
  void discard();

  /// Makes heights below `oldest` unreadable and erases what only they needed: at most about
  /// `max_records` records a call, so that it fits between two blocks.
  Result<PruneProgress> prune(Height oldest, std::size_t max_records);
  /// The lowest height that can still be read.
  std::optional<Height> oldest() const;

 private:
  struct Impl;
  explicit Tree(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

/// Reads one of the owner's records.
Result<std::optional<Bytes>> read_meta(const NodeStore& store, ByteView key);

}  // namespace cambium::state
