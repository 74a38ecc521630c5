// Merkle trees as RFC 6962 section 2.1 defines them: leaf = H(0x00 || data),
// node = H(0x01 || left || right), the left subtree being the largest full one.
#pragma once

#include <span>
#include <vector>

#include "base/ids.hpp"

namespace cambium::crypto {

Hash merkle_leaf(ByteView data);
Hash merkle_node(const Hash& left, const Hash& right);

/// Root over leaf hashes; SHA-256 of nothing when there are none.
Hash merkle_root(std::span<const Hash> leaves);

/// Sibling hashes from leaf to root for `leaves[index]`; index < leaves.size().
std::vector<Hash> merkle_path(std::span<const Hash> leaves, std::size_t index);

struct LeafPosition {
  std::uint64_t index;  // from 0
  std::uint64_t count;  // leaves in the whole tree
};

/// True when `leaf` at `position` leads to `root` by `path`; false for any other length or order.
bool merkle_verify(const Hash& root, const Hash& leaf, LeafPosition position,
                   std::span<const Hash> path);

}  // namespace cambium::crypto
