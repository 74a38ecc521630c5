// Where things stand in the Merkle tree: a path is 256 bits, a page covers four levels of it.
#pragma once

#include "base/ids.hpp"
#include "state/view.hpp"

namespace cambium::state::detail {

inline constexpr unsigned kPageLevels = 4;
inline constexpr unsigned kPathBits = 256;

/// The bit that decides between left (0) and right (1) below a node at `depth`.
inline unsigned path_bit(const Hash& path, unsigned depth) {
  return path.data[depth / 8] >> (7 - depth % 8) & 1u;
}

/// The key of a page's record: its depth, then the bits of the path above it. Pages of one depth
/// lie side by side in path order, which is the order in which a batch touches them.
struct Position {
  std::uint8_t size = 1;
  std::uint8_t bytes[33] = {};  // bytes[0] is the depth, at most 252

  static Position of(unsigned depth, const Hash& path) {
    Position p;
    p.bytes[0] = static_cast<std::uint8_t>(depth);
    p.size = static_cast<std::uint8_t>(1 + (depth + 7) / 8);
    std::memcpy(p.bytes + 1, path.data.data(), p.size - 1u);
    if (depth % 8 != 0) p.bytes[p.size - 1] &= 0xf0;
    return p;
  }
  ByteView view() const { return {bytes, size}; }
};

}  // namespace cambium::state::detail
