// Four levels of the Merkle tree. Node 1 is the page's top and 2i, 2i+1 are the children of i, so
// the lowest level is 16..31; what hangs below those is in child pages. Only present nodes are
// stored, in index order. The top's hash belongs to the parent page, except in the tree's top
// page, where node 1 is the root.
#pragma once

#include <array>
#include <bit>
#include <memory>
#include <vector>

#include "base/ids.hpp"
#include "base/result.hpp"
#include "state/detail/position.hpp"

namespace cambium::state::detail {

inline constexpr std::uint32_t kNoUndo = UINT32_MAX;

/// When a record was written, and where in that version's history its predecessor is kept;
/// `kNoUndo` when it had none.
struct Stamp {
  std::uint64_t version = 0;
  std::uint32_t undo = kNoUndo;
};

enum class NodeKind : std::uint8_t { empty, leaf, inner };

/// The committed part of a page: which nodes there are, their hashes, the keys of the leaves.
struct PageBody {
  std::uint32_t present = 0;  // bit i: node i is not empty
  std::uint32_t leaves = 0;   // bit i: node i is a leaf
  std::vector<Hash> hashes;   // of the present nodes, by index
  Bytes keys;                 // of the leaves, by index: length (2 bytes), key

  NodeKind kind(unsigned i) const {
    if (!(present >> i & 1)) return NodeKind::empty;
    return leaves >> i & 1 ? NodeKind::leaf : NodeKind::inner;
  }
  std::size_t rank(unsigned i) const {
    return static_cast<std::size_t>(std::popcount(present & ((1u << i) - 1)));
  }
  /// Zero for an empty node.
  Hash hash(unsigned i) const { return present >> i & 1 ? hashes[rank(i)] : Hash{}; }
  ByteView leaf_key(unsigned i) const;

  /// Makes node i an inner node, keeping its hash until the new one is computed.
  void set_inner(unsigned i);
  void set_leaf(unsigned i, const Hash& hash, ByteView key);
  void set_empty(unsigned i);

 private:
  std::size_t key_offset(unsigned i) const;
  void drop_key(unsigned i);
};

void append_body(Bytes& out, const PageBody& body);
std::size_t body_size(const PageBody& body);
void write_body(std::uint8_t* out, const PageBody& body);
/// Refuses anything that `append_body` does not write, so that garbage on disk is found here.
Result<PageBody> parse_body(ByteView bytes);

/// A stored page: its stamp, then its body.
inline constexpr std::size_t kStampBytes = 12;
void write_stamp(std::uint8_t* out, const Stamp& stamp);
struct StoredPage {
  Stamp stamp;
  PageBody body;
};
Result<StoredPage> parse_page(ByteView record);

/// A page in memory with those of its child pages that are loaded.
struct Page {
  Stamp stamp;
  PageBody body;
  std::uint64_t last_use = 0;  // the version that last touched it
  std::uint32_t before = kNoUndo;  // index of its unchanged body while a version is staged
  std::unique_ptr<std::array<std::unique_ptr<Page>, 16>> children;

  std::unique_ptr<Page>& child(unsigned slot) {
    if (!children) children = std::make_unique<std::array<std::unique_ptr<Page>, 16>>();
    return (*children)[slot];
  }
};

}  // namespace cambium::state::detail
