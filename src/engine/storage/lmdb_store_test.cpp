#include "engine/storage/lmdb_store.hpp"

#include <gtest/gtest.h>
#include <stdlib.h>

#include "base/random.hpp"
#include "base/testing/scratch_folder.hpp"
#include "state/height_view.hpp"
#include "state/tree.hpp"

namespace cambium::engine {
namespace {

using state::Durability;
using state::HeightView;
using state::Tree;
using state::Update;

class LmdbStore : public testing::Test {
 protected:
  void SetUp() override {
    folder_ = scratch_folder("cambium-lmdb");
  }
  void TearDown() override { std::filesystem::remove_all(folder_); }

  std::unique_ptr<state::NodeStore> open() { return std::move(open_lmdb_store(folder_).value()); }

  std::filesystem::path folder_;
};

// The same random heights on both back ends; `count` keys of a space of 500 each.
void grow(Tree& tree, std::uint64_t height) {
  SeededRandom random(height);
  std::map<Bytes, Bytes> changes;
  for (int i = 0; i < 100; ++i)
    changes[to_bytes("k" + std::to_string(random.below(500)))] =
        Bytes(1 + random.below(3000), static_cast<std::uint8_t>(height));
  std::vector<Update> updates;
  for (const auto& [key, value] : changes) {
    const bool erase = value.size() % 5 == 0;
    updates.push_back({key, erase ? std::nullopt : std::optional<ByteView>(value)});
  }
  ASSERT_TRUE(tree.stage({height}, updates));
  ASSERT_TRUE(tree.commit(Durability::buffered));
}

std::map<Bytes, Bytes> contents(const state::View& view) {
  std::map<Bytes, Bytes> out;
  view.scan({}, [&](ByteView key, ByteView value) {
    out.emplace(to_bytes(key), to_bytes(value));
    return true;
  });
  return out;
}

TEST_F(LmdbStore, agrees_with_the_memory_store_and_outlives_the_process) {
  const auto memory = state::make_memory_store();
  auto model = Tree::open(*memory).value();
  for (std::uint64_t height = 1; height <= 20; ++height) {
    const auto store = open();
    auto tree = Tree::open(*store).value();
    grow(tree, height);
    grow(model, height);
    ASSERT_EQ(tree.root(), model.root());
    if (height % 5 == 0) {
      ASSERT_TRUE(tree.prune({height - 3}, 1000));
    }
  }
  const auto store = open();
  for (std::uint64_t height = 17; height <= 20; ++height)
    EXPECT_EQ(contents(HeightView::open(*store, {height}).value()),
              contents(HeightView::open(*memory, {height}).value()));
}

TEST_F(LmdbStore, a_reader_keeps_its_picture_while_heights_are_written) {
  const auto store = open();
  auto tree = Tree::open(*store).value();
  grow(tree, 1);
  const auto view = HeightView::open(*store, {1}).value();
  const auto before = contents(view);
  for (std::uint64_t height = 2; height <= 10; ++height) grow(tree, height);
  ASSERT_TRUE(tree.prune({10}, 100000));
  EXPECT_EQ(contents(view), before);
  EXPECT_FALSE(HeightView::open(*store, {1}));
}

TEST_F(LmdbStore, a_file_that_was_cut_short_is_refused_not_mapped) {
  {
    const auto store = open();
    auto tree = Tree::open(*store).value();
    grow(tree, 1);
    ASSERT_TRUE(store->sync());
  }
  const auto file = folder_ / "data.mdb";
  const auto whole = std::filesystem::file_size(file);
  for (auto size = whole - 1; size > 4096; size -= std::min<std::uintmax_t>(size, 9973)) {
    std::filesystem::resize_file(file, size);
    const auto cut = open_lmdb_store(folder_);
    ASSERT_FALSE(cut) << size;
    EXPECT_EQ(cut.error().code, ErrorCode::corrupt) << cut.error().message;
  }
}

TEST_F(LmdbStore, says_what_to_do_when_the_map_is_full) {
  const auto store = open_lmdb_store(folder_, {.map_bytes = 1 << 20}).value();
  auto tree = Tree::open(*store).value();
  const Bytes big(2 << 20, 7);
  const Update update{as_bytes("big"), big};
  ASSERT_TRUE(tree.stage({1}, std::span(&update, 1)));
  const auto full = tree.commit(Durability::synced);
  ASSERT_FALSE(full);
  EXPECT_NE(full.error().message.find("map_bytes"), std::string::npos);
  EXPECT_FALSE(tree.latest());
}

}  // namespace
}  // namespace cambium::engine
