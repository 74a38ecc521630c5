// A tree beside its model, so that a test is a few lines: change, seal, compare.
#pragma once

#include <gtest/gtest.h>

#include "base/random.hpp"
#include "state/height_view.hpp"
#include "state/proof.hpp"
#include "state/testing/naive_tree.hpp"
#include "state/tree.hpp"

namespace cambium::state::testing {

inline Model contents(const View& view) {
  Model out;
  view.scan({}, [&](ByteView key, ByteView value) {
    out.emplace(to_bytes(key), to_bytes(value));
    return true;
  });
  return out;
}

class World {
 public:
  World() : tree_(open()) {}

  void put(ByteView key, ByteView value) {
    now_[to_bytes(key)] = to_bytes(value);
    changed_[to_bytes(key)] = to_bytes(value);
  }
  void erase(ByteView key) {
    now_.erase(to_bytes(key));
    changed_[to_bytes(key)] = std::nullopt;
  }
  /// Commits the changes as the next height, and expects the model's root.
  Hash seal() {
    std::vector<Update> updates;
    for (const auto& [key, value] : changed_)
      updates.push_back({key, value ? std::optional<ByteView>(*value) : std::nullopt});
    const Height height{sealed_.empty() ? 1 : sealed_.rbegin()->first + 1};
    const auto root = tree_.stage(height, updates);
    EXPECT_TRUE(root) << root.error().message;
    EXPECT_EQ(*root, naive_root(now_));
    EXPECT_TRUE(tree_.commit(Durability::buffered));
    changed_.clear();
    sealed_[height.value] = now_;
    return *root;
  }
  /// Random inserts, overwrites and erases over a small key space.
  void shuffle(Random& random, std::uint64_t key_space, std::uint64_t count) {
    for (std::uint64_t i = 0; i < count; ++i) {
      const Bytes key = to_bytes("key/" + std::to_string(random.below(key_space)));
      if (random.below(4) == 0) {
        erase(key);
      } else {
        put(key, to_bytes("value" + std::to_string(random.below(1000))));
      }
    }
  }
  void reopen() { tree_ = open(); }
  HeightView at(std::uint64_t height) {
    auto view = HeightView::open(*store_, {height});
    EXPECT_TRUE(view) << view.error().message;
    return std::move(*view);
  }
  const std::map<std::uint64_t, Model>& sealed() const { return sealed_; }
  Tree& tree() { return tree_; }
  NodeStore& store() { return *store_; }

 private:
  Tree open() { return std::move(*Tree::open(*store_, {.cache_bytes = 40 << 10})); }

  std::unique_ptr<NodeStore> store_ = make_memory_store();
  Tree tree_;
  Model now_;
  std::map<Bytes, std::optional<Bytes>> changed_;
  std::map<std::uint64_t, Model> sealed_;
};

}  // namespace cambium::state::testing
