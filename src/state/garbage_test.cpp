// Whatever stands on the disk, reading it ends in an answer or an error, never in a crash.
#include <gtest/gtest.h>

#include "state/testing/world.hpp"

namespace cambium::state {
namespace {

using testing::World;

constexpr Table kTables[] = {Table::entries, Table::pages, Table::history, Table::meta};

// Flips bits, cuts and empties a random stored record of any table.
void damage(Random& random, NodeStore& store) {
  const Table table = kTables[random.below(4)];
  std::vector<std::pair<Bytes, Bytes>> records;
  ASSERT_TRUE(store.read().value()->scan(table, {}, [&](ByteView key, ByteView value) {
    records.emplace_back(to_bytes(key), to_bytes(value));
    return true;
  }));
  auto& [key, value] = records[random.below(records.size())];
  if (value.empty() || random.below(4) == 0) {
    value.resize(random.below(value.size() + 1));
  } else {
    value[random.below(value.size())] ^= static_cast<std::uint8_t>(1u << random.below(8));
  }
  WriteBatch batch;
  batch.put(table, key, value);
  ASSERT_TRUE(store.write(batch, Durability::buffered));
}

TEST(Garbage, on_the_disk_never_crashes_a_reader_or_the_writer) {
  for (std::uint64_t seed = 1; seed <= 150; ++seed) {
    SeededRandom random(seed);
    World w;
    for (int i = 0; i < 6; ++i) {
      w.shuffle(random, 120, 40);
      w.seal();
    }
    for (std::uint64_t n = 0; n <= random.below(6); ++n) damage(random, w.store());
    for (std::uint64_t height = 1; height <= 6; ++height) {
      const auto view = HeightView::open(w.store(), {height});
      if (!view) continue;
      for (int i = 0; i < 120; i += 7) (void)view->prove(to_bytes("key/" + std::to_string(i)));
      (void)view->walk([](ByteView) { return true; });
      (void)testing::contents(*view);
    }
    auto tree = Tree::open(w.store());
    const Bytes key = to_bytes("key/" + std::to_string(random.below(120)));
    const Update update{key, as_bytes("new")};
    if (tree && tree->stage({9}, std::span(&update, 1))) (void)tree->commit(Durability::buffered);
    if (tree) (void)tree->prune({6}, 1000);
  }
}

TEST(Garbage, a_flipped_bit_in_a_value_is_found_by_its_proof) {
  World w;
  w.put(as_bytes("a"), as_bytes("1"));
  w.put(as_bytes("b"), as_bytes("2"));
  const Hash root = w.seal();
  WriteBatch batch;
  Bytes record = to_bytes(**w.store().read().value()->get(Table::entries, as_bytes("a")));
  record.back() ^= 1;
  batch.put(Table::entries, as_bytes("a"), record);
  ASSERT_TRUE(w.store().write(batch, Durability::buffered));
  const auto view = w.at(1);
  const Bytes value = view.get(as_bytes("a")).value();
  EXPECT_FALSE(verify(view.prove(as_bytes("a")).value(), root, {as_bytes("a"), value}));
}

}  // namespace
}  // namespace cambium::state
