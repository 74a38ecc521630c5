#include "crypto/merkle.hpp"

#include <bit>

#include "base/check.hpp"
#include "crypto/sha256.hpp"

namespace cambium::crypto {
namespace {

constexpr std::uint8_t kLeafPrefix[] = {0};
constexpr std::uint8_t kNodePrefix[] = {1};

// Largest power of two strictly below n; n >= 2.
std::size_t split_point(std::size_t n) { return std::bit_floor(n - 1); }

}  // namespace

Hash merkle_leaf(ByteView data) { return sha256({kLeafPrefix, data}); }

Hash merkle_node(const Hash& left, const Hash& right) { return sha256({kNodePrefix, left, right}); }

Hash merkle_root(std::span<const Hash> leaves) {
  if (leaves.empty()) return sha256(ByteView{});
  // Full subtrees wait on a stack like the ones of a binary counter.
  std::vector<std::pair<Hash, std::size_t>> stack;
  for (const auto& leaf : leaves) {
    stack.emplace_back(leaf, 1);
    while (stack.size() >= 2 && stack[stack.size() - 2].second == stack.back().second) {
      const auto right = stack.back();
      stack.pop_back();
      stack.back() = {merkle_node(stack.back().first, right.first), 2 * right.second};
    }
  }
  Hash root = stack.back().first;
  for (std::size_t i = stack.size() - 1; i-- > 0;) root = merkle_node(stack[i].first, root);
  return root;
}

std::vector<Hash> merkle_path(std::span<const Hash> leaves, std::size_t index) {
  CHECK(index < leaves.size(), "the leaf must be in the tree");
  std::vector<Hash> path;
  while (leaves.size() > 1) {
    const auto k = split_point(leaves.size());
    if (index < k) {
      path.push_back(merkle_root(leaves.subspan(k)));
      leaves = leaves.first(k);
    } else {
      path.push_back(merkle_root(leaves.first(k)));
      leaves = leaves.subspan(k);
      index -= k;
    }
  }
  return {path.rbegin(), path.rend()};
}

// RFC 9162 section 2.1.3.2.
bool merkle_verify(const Hash& root, const Hash& leaf, LeafPosition position,
                   std::span<const Hash> path) {
  if (position.index >= position.count) return false;
  std::uint64_t fn = position.index;
  std::uint64_t sn = position.count - 1;
  Hash hash = leaf;
  for (const auto& sibling : path) {
    if (sn == 0) return false;
    if ((fn & 1) != 0 || fn == sn) {
      hash = merkle_node(sibling, hash);
      while ((fn & 1) == 0 && fn != 0) {
        fn >>= 1;
        sn >>= 1;
      }
    } else {
      hash = merkle_node(hash, sibling);
    }
    fn >>= 1;
    sn >>= 1;
  }
  return sn == 0 && hash == root;
}

}  // namespace cambium::crypto
