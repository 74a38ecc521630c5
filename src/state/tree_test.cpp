#include "state/tree.hpp"

#include <gtest/gtest.h>

#include "state/testing/world.hpp"

namespace cambium::state {
namespace {

using testing::contents;
using testing::Model;
using testing::naive_root;
using testing::World;

TEST(Tree, has_the_published_roots) {
  World w;
  EXPECT_TRUE(w.seal().is_zero());
  w.put(as_bytes("a"), as_bytes("1"));
  EXPECT_EQ(w.seal().hex(), "565388d4bc00257133f799d9366ac97f6e949c18acc53d17457f8859ba0f08d3");
  w.put(as_bytes("b"), as_bytes("2"));
  w.put(as_bytes("c"), as_bytes("3"));
  EXPECT_EQ(w.seal().hex(), "8e2a164a410203f51300d7c6645b7a37f549768457be109acc126c63573a9e0a");
}

TEST(Tree, agrees_with_the_model_through_random_heights) {
  for (std::uint64_t seed = 1; seed <= 6; ++seed) {
    SeededRandom random(seed);
    World w;
    for (int height = 0; height < 60; ++height) {
      w.shuffle(random, 20 << seed, 1 + random.below(10 << seed));
      w.seal();
      if (random.below(7) == 0) w.reopen();
    }
  }
}

TEST(Tree, erasing_everything_leads_back_to_the_empty_root) {
  World w;
  for (int i = 0; i < 300; ++i) w.put(as_bytes(std::to_string(i)), as_bytes("x"));
  w.seal();
  for (int i = 0; i < 300; ++i) w.erase(as_bytes(std::to_string(i)));
  EXPECT_TRUE(w.seal().is_zero());
}

TEST(Tree, updates_that_change_nothing_write_nothing) {
  World w;
  w.put(as_bytes("a"), as_bytes("1"));
  const Hash root = w.seal();
  w.put(as_bytes("a"), as_bytes("1"));
  w.erase(as_bytes("absent"));
  EXPECT_EQ(w.seal(), root);
}

TEST(Tree, older_heights_stay_readable_until_pruned) {
  SeededRandom random(11);
  World w;
  for (int height = 0; height < 40; ++height) {
    w.shuffle(random, 300, 60);
    w.seal();
  }
  for (const auto& [height, model] : w.sealed()) EXPECT_EQ(contents(w.at(height)), model);
  while (!w.tree().prune({25}, 50).value().done) {
  }
  EXPECT_EQ(HeightView::open(w.store(), {24}).error().code, ErrorCode::not_found);
  for (const auto& [height, model] : w.sealed())
    if (height >= 25) { EXPECT_EQ(contents(w.at(height)), model) << height; }
}

std::size_t records(const NodeStore& store) {
  std::size_t count = 0;
  for (std::size_t table = 0; table < kTableCount; ++table)
    EXPECT_TRUE(store.read().value()->scan(static_cast<Table>(table), {},
                                           [&](ByteView, ByteView) { return ++count > 0; }));
  return count;
}

TEST(Tree, pruning_to_the_newest_height_leaves_what_that_height_needs) {
  SeededRandom random(12);
  World w, fresh;
  for (int height = 0; height < 30; ++height) {
    w.shuffle(random, 400, 100);
    w.seal();
  }
  const Model last = w.sealed().rbegin()->second;
  for (const auto& [key, value] : last) fresh.put(key, value);
  fresh.seal();
  while (!w.tree().prune({30}, 20).value().done) {
  }
  EXPECT_EQ(contents(w.at(30)), last);
  EXPECT_EQ(records(w.store()), records(fresh.store()));
}

TEST(Tree, a_discarded_stage_leaves_no_trace) {
  World w;
  w.put(as_bytes("a"), as_bytes("1"));
  const Hash root = w.seal();
  const Update update{as_bytes("b"), as_bytes("2")};
  EXPECT_NE(w.tree().stage({9}, std::span(&update, 1)).value(), root);
  w.tree().discard();
  EXPECT_EQ(w.tree().root(), root);
  w.put(as_bytes("c"), as_bytes("3"));
  w.seal();
}

TEST(Tree, refuses_updates_it_cannot_mean) {
  World w;
  const auto error = [&](std::vector<Update> updates) {
    return w.tree().stage({1}, updates).error().code;
  };
  const Bytes long_key(kMaxKeyBytes + 1, 'k');
  EXPECT_EQ(error({{as_bytes("b"), as_bytes("1")}, {as_bytes("a"), as_bytes("1")}}),
            ErrorCode::invalid_input);
  EXPECT_EQ(error({{long_key, as_bytes("1")}}), ErrorCode::invalid_input);
  EXPECT_EQ(error({{as_bytes("a"), as_bytes("")}}), ErrorCode::invalid_input);
  w.seal();
  EXPECT_EQ(error({{as_bytes("a"), as_bytes("1")}}), ErrorCode::invalid_input);
}

TEST(Tree, keeps_the_owners_records_with_the_height) {
  World w;
  EXPECT_TRUE(w.tree().stage({1}, {}));
  const MetaRecord record{to_bytes("block"), to_bytes("hash")};
  EXPECT_TRUE(w.tree().commit(Durability::synced, std::span(&record, 1)));
  EXPECT_EQ(read_meta(w.store(), as_bytes("block")).value(), to_bytes("hash"));
}

}  // namespace
}  // namespace cambium::state
