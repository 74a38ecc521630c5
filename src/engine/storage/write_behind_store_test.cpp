#include "engine/storage/write_behind_store.hpp"

#include <gtest/gtest.h>

#include "base/random.hpp"
#include "state/height_view.hpp"
#include "state/tree.hpp"

namespace cambium::engine {
namespace {

using state::Durability;
using state::NodeStore;
using state::Table;
using state::WriteBatch;
using Model = std::map<Bytes, Bytes>;

// Lends a store that outlives the write-behind store over it, as a disk outlives a process.
class Borrowed final : public NodeStore {
 public:
  explicit Borrowed(NodeStore& store) : store_(store) {}
  Result<std::unique_ptr<state::StoreReader>> read() const override { return store_.read(); }
  Status write(const WriteBatch& batch, Durability how) override {
    return store_.write(batch, how);
  }
  Status sync() override { return store_.sync(); }

 private:
  NodeStore& store_;
};

Model contents(const state::StoreReader& reader) {
  Model out;
  EXPECT_TRUE(reader.scan(Table::entries, {}, [&](ByteView key, ByteView value) {
    EXPECT_TRUE(out.emplace(to_bytes(key), to_bytes(value)).second);
    return true;
  }));
  for (const auto& [key, value] : out)
    EXPECT_EQ(to_bytes(**reader.get(Table::entries, key)), value);
  return out;
}

TEST(WriteBehindStore, every_reader_sees_its_own_moment) {
  SeededRandom random(3);
  WriteBehindStore store(state::make_memory_store(), {.max_pending_bytes = 20'000});
  Model model;
  std::vector<std::pair<std::unique_ptr<state::StoreReader>, Model>> readers;
  for (int round = 0; round < 200; ++round) {
    WriteBatch batch;
    for (int i = 0; i < 20; ++i) {
      const Bytes key = to_bytes(std::to_string(random.below(300)));
      if (random.below(3) == 0) {
        batch.erase(Table::entries, key);
        model.erase(key);
      } else {
        model[key] = to_bytes(std::to_string(round));
        batch.put(Table::entries, key, model[key]);
      }
    }
    ASSERT_TRUE(store.write(batch, Durability::buffered));
    if (random.below(4) == 0) readers.emplace_back(store.read().value(), model);
    if (readers.size() > 8) readers.erase(readers.begin() + static_cast<long>(random.below(8)));
    if (round % 10 != 0) continue;
    for (const auto& [reader, then] : readers) EXPECT_EQ(contents(*reader), then);
  }
}

TEST(WriteBehindStore, without_a_checkpoint_the_state_stands_at_the_last_one) {
  const auto disk = state::make_memory_store();
  const auto grow = [](state::Tree& tree, std::uint64_t height, Durability how) {
    const Bytes value = to_bytes(std::to_string(height));
    const state::Update update{as_bytes("height"), value};
    ASSERT_TRUE(tree.stage({height}, std::span(&update, 1)));
    ASSERT_TRUE(tree.commit(how));
  };
  {
    WriteBehindStore store(std::make_unique<Borrowed>(*disk));
    auto tree = state::Tree::open(store).value();
    grow(tree, 1, Durability::buffered);
    grow(tree, 2, Durability::synced);
    grow(tree, 3, Durability::buffered);
    EXPECT_EQ(state::HeightView::open_latest(store).value().height(), Height{3});
  }
  WriteBehindStore store(std::make_unique<Borrowed>(*disk));
  EXPECT_EQ(state::HeightView::open_latest(store).value().height(), Height{2});
}

TEST(WriteBehindStore, a_crash_loses_no_more_writes_than_its_limit) {
  const auto disk = state::make_memory_store();
  WriteBehindStore store(std::make_unique<Borrowed>(*disk), {.max_pending_writes = 3});
  for (int i = 0; i < 7; ++i) {
    WriteBatch batch;
    batch.put(Table::entries, to_bytes(std::to_string(i)), as_bytes("x"));
    ASSERT_TRUE(store.write(batch, Durability::buffered));
  }
  EXPECT_EQ(contents(*disk->read().value()).size(), 6u);
}

}  // namespace
}  // namespace cambium::engine
