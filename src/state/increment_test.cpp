// B/SEC-09: increments between full snapshots.
#include <gtest/gtest.h>

#include "state/snapshot.hpp"
#include "state/testing/world.hpp"

namespace cambium::state {
namespace {

using testing::contents;
using testing::World;

constexpr std::size_t kChunkBytes = 600;

struct Chunks {
  std::vector<Bytes> all;
  Status operator()(Bytes chunk) {
    all.push_back(std::move(chunk));
    return {};
  }
};

struct Full {
  SnapshotManifest manifest;
  std::vector<Bytes> chunks;
};
struct Increment {
  IncrementManifest manifest;
  std::vector<Bytes> chunks;
};

Full full_at(World& w, std::uint64_t height) {
  Chunks chunks;
  auto manifest = export_snapshot(w.at(height), kChunkBytes, std::ref(chunks)).value();
  return {std::move(manifest), std::move(chunks.all)};
}

Increment between(World& w, std::uint64_t base, std::uint64_t height) {
  Chunks chunks;
  auto made = export_increment(w.at(base), w.at(height), kChunkBytes, std::ref(chunks)).value();
  return {decode_increment(encode(made)).value(), std::move(chunks.all)};
}

Status restore(NodeStore& store, const Full& full, const std::vector<Increment>& increments) {
  const Height last = increments.empty() ? full.manifest.height
                                         : increments.back().manifest.changes.height;
  TRY(auto import, SnapshotImport::begin(store, full.manifest, last));
  for (const auto& chunk : full.chunks) TRY_STATUS(import.add(chunk));
  for (const auto& increment : increments) {
    TRY_STATUS(import.go_on(increment.manifest));
    for (const auto& chunk : increment.chunks) TRY_STATUS(import.add(chunk));
  }
  return import.finish();
}

TEST(Increment, NamesExactlyTheKeysThatDiffer) {
  SeededRandom random(7);
  World w;
  for (int i = 0; i < 12; ++i) {
    w.shuffle(random, 300, 40);
    w.seal();
  }
  for (const auto& [base, height] : {std::pair{1, 2}, {1, 12}, {4, 9}, {11, 12}}) {
    const auto before = contents(w.at(std::uint64_t(base)));
    const auto after = contents(w.at(std::uint64_t(height)));
    std::vector<Bytes> differ;
    for (int i = 0; i < 300; ++i) {
      const Bytes key = to_bytes("key/" + std::to_string(i));
      const bool was = before.contains(key), is = after.contains(key);
      if (was != is || (was && before.at(key) != after.at(key))) differ.push_back(key);
    }
    std::sort(differ.begin(), differ.end());
    EXPECT_EQ(w.at(std::uint64_t(height)).changed_since({std::uint64_t(base)}).value(), differ);
  }
}

TEST(Increment, AFullOneAndThreeIncrementsGiveTheLastHeight) {
  SeededRandom random(8);
  World w;
  for (int i = 0; i < 10; ++i) {
    w.shuffle(random, 400, 120);
    w.seal();
  }
  const auto store = make_memory_store();
  ASSERT_TRUE(restore(*store, full_at(w, 4), {between(w, 4, 5), between(w, 5, 8),
                                              between(w, 8, 10)}));
  const auto copy = HeightView::open(*store, {10}).value();
  EXPECT_EQ(copy.root(), w.at(10).root());
  EXPECT_EQ(contents(copy), contents(w.at(10)));
  EXPECT_FALSE(HeightView::open(*store, {4})) << "only the last height is readable";
}

TEST(Increment, OneThatDoesNotFollowIsRefusedAndTheStoreStaysEmpty) {
  SeededRandom random(9);
  World w;
  for (int i = 0; i < 6; ++i) {
    w.shuffle(random, 100, 50);
    w.seal();
  }
  const auto store = make_memory_store();
  const auto wrong = restore(*store, full_at(w, 2), {between(w, 3, 5)});
  EXPECT_EQ(wrong.error().code, ErrorCode::corrupt);
  EXPECT_FALSE(HeightView::open_latest(*store));
  EXPECT_TRUE(restore(*store, full_at(w, 2), {between(w, 2, 5)}));
}

TEST(Increment, NeedsTheHistoryInBetween) {
  SeededRandom random(10);
  World w;
  for (int i = 0; i < 6; ++i) {
    w.shuffle(random, 100, 50);
    w.seal();
  }
  ASSERT_TRUE(w.tree().prune({4}, 1'000'000));
  EXPECT_EQ(w.at(6).changed_since({2}).error().code, ErrorCode::not_found);
  EXPECT_TRUE(w.at(6).changed_since({4}));
}

}  // namespace
}  // namespace cambium::state
