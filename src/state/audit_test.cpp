#include "state/audit.hpp"

#include <gtest/gtest.h>

#include "state/testing/world.hpp"

namespace cambium::state {
namespace {

using testing::World;

World grown() {
  World w;
  SeededRandom random(4);
  for (int height = 0; height < 3; ++height) {
    w.shuffle(random, 300, 200);
    w.seal();
  }
  return w;
}

void put(NodeStore& store, Table table, ByteView key, ByteView value) {
  WriteBatch batch;
  batch.put(table, key, value);
  ASSERT_TRUE(store.write(batch, Durability::buffered));
}

std::vector<std::pair<Bytes, Bytes>> records(NodeStore& store, Table table) {
  std::vector<std::pair<Bytes, Bytes>> out;
  EXPECT_TRUE(store.read().value()->scan(table, {}, [&](ByteView key, ByteView value) {
    out.emplace_back(to_bytes(key), to_bytes(value));
    return true;
  }));
  return out;
}

TEST(Audit, SoundStatesPass) {
  EXPECT_TRUE(audit(*make_memory_store()));
  auto w = grown();
  EXPECT_TRUE(audit(w.store()));
  EXPECT_TRUE(audit(w.store(), 10));
}

// The last byte of an entry is its value's; every entry here is of the newest height.
TEST(Audit, AFlippedBitInAnyValueIsFound) {
  auto w = grown();
  for (const auto& [key, value] : records(w.store(), Table::entries)) {
    Bytes flipped = value;
    flipped.back() ^= 1;
    put(w.store(), Table::entries, key, flipped);
    const auto found = audit(w.store());
    ASSERT_FALSE(found);
    EXPECT_NE(found.error().message.find("made again from the blocks"), std::string::npos);
    put(w.store(), Table::entries, key, value);
  }
  EXPECT_TRUE(audit(w.store()));
}

TEST(Audit, AnEntryThatIsGoneIsFound) {
  auto w = grown();
  const auto [key, value] = records(w.store(), Table::entries).front();
  WriteBatch batch;
  batch.erase(Table::entries, key);
  ASSERT_TRUE(w.store().write(batch, Durability::buffered));
  EXPECT_FALSE(audit(w.store()));
}

}  // namespace
}  // namespace cambium::state
