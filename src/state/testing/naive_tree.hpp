// SmtSpec written down as plainly as possible: the model that the real tree is tested against.
#pragma once

#include <algorithm>
#include <map>
#include <span>

#include "crypto/sha256.hpp"

namespace cambium::state::testing {

using Model = std::map<Bytes, Bytes>;

struct NaiveLeaf {
  Hash path;
  Hash hash;
};

inline Hash naive_subtree(std::span<const NaiveLeaf> leaves, unsigned depth) {
  if (leaves.empty()) return Hash{};
  if (leaves.size() == 1) return leaves[0].hash;
  const auto split = std::find_if(leaves.begin(), leaves.end(), [&](const NaiveLeaf& leaf) {
    return leaf.path.data[depth / 8] >> (7 - depth % 8) & 1;
  });
  const auto left = static_cast<std::size_t>(split - leaves.begin());
  const Bytes prefix{1};
  return crypto::sha256({prefix, naive_subtree(leaves.first(left), depth + 1),
                         naive_subtree(leaves.subspan(left), depth + 1)});
}

inline Hash naive_root(const Model& model) {
  std::vector<NaiveLeaf> leaves;
  const Bytes prefix{0};
  for (const auto& [key, value] : model) {
    const Hash path = crypto::sha256(key);
    leaves.push_back({path, crypto::sha256({prefix, path, crypto::sha256(value)})});
  }
  std::sort(leaves.begin(), leaves.end(),
            [](const NaiveLeaf& a, const NaiveLeaf& b) { return a.path < b.path; });
  return naive_subtree(leaves, 0);
}

}  // namespace cambium::state::testing
