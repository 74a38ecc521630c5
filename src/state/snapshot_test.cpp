#include "state/snapshot.hpp"

#include <gtest/gtest.h>

#include "state/testing/world.hpp"

namespace cambium::state {
namespace {

using testing::contents;
using testing::World;

struct Exported {
  SnapshotManifest manifest;
  std::vector<Bytes> chunks;
};

Exported export_of(const HeightView& view) {
  Exported out;
  out.manifest = export_snapshot(view, 600, [&](Bytes chunk) {
                   out.chunks.push_back(std::move(chunk));
                   return Status{};
                 }).value();
  return out;
}

World some_world() {
  SeededRandom random(21);
  World w;
  for (int i = 0; i < 8; ++i) {
    w.shuffle(random, 200, 60);
    w.seal();
  }
  return w;
}

TEST(Snapshot, rebuilds_a_height_with_the_same_root) {
  World w = some_world();
  const auto view = w.at(5);  // not the newest one
  const auto [manifest, chunks] = export_of(view);
  ASSERT_GT(chunks.size(), 3u);
  const auto store = make_memory_store();
  auto import = SnapshotImport::begin(*store, decode_manifest(encode(manifest)).value()).value();
  for (const auto& chunk : chunks) ASSERT_TRUE(import.add(chunk));
  ASSERT_TRUE(import.finish());
  const auto copy = HeightView::open(*store, {5}).value();
  EXPECT_EQ(copy.root(), view.root());
  EXPECT_EQ(contents(copy), contents(view));
  EXPECT_EQ(export_of(copy).chunks, chunks) << "the same bytes from every node";
}

TEST(Snapshot, a_changed_chunk_is_refused_and_may_be_sent_again) {
  World w = some_world();
  const auto [manifest, chunks] = export_of(w.at(8));
  const auto store = make_memory_store();
  auto import = SnapshotImport::begin(*store, manifest).value();
  Bytes changed = chunks[0];
  changed[changed.size() / 2] ^= 1;
  EXPECT_EQ(import.add(changed).error().code, ErrorCode::corrupt);
  EXPECT_EQ(import.add(chunks[1]).error().code, ErrorCode::corrupt);
  for (const auto& chunk : chunks) EXPECT_TRUE(import.add(chunk));
  EXPECT_TRUE(import.finish());
}

TEST(Snapshot, a_manifest_that_lies_about_the_root_leaves_the_store_empty) {
  World w = some_world();
  auto [manifest, chunks] = export_of(w.at(8));
  manifest.root.data[0] ^= 1;
  const auto store = make_memory_store();
  auto import = SnapshotImport::begin(*store, manifest).value();
  for (const auto& chunk : chunks) EXPECT_TRUE(import.add(chunk));
  EXPECT_EQ(import.finish().error().code, ErrorCode::corrupt);
  EXPECT_FALSE(HeightView::open_latest(*store));
}

TEST(Snapshot, an_import_that_was_cut_off_leaves_no_trace_in_the_next_one) {
  World w = some_world();
  const auto [manifest, chunks] = export_of(w.at(8));
  const auto store = make_memory_store();
  {
    auto writer = BulkWriter::begin(*store, {8}).value();
    const Bytes key = to_bytes("key/of nobody"), value = to_bytes("x");
    const Update update{key, ByteView(value)};
    ASSERT_TRUE(writer.add({&update, 1}));
  }
  EXPECT_FALSE(HeightView::open_latest(*store)) << "what is half there is not there";
  auto tree = Tree::open(*store).value();
  EXPECT_FALSE(tree.latest());
  auto import = SnapshotImport::begin(*store, manifest).value();
  for (const auto& chunk : chunks) ASSERT_TRUE(import.add(chunk));
  ASSERT_TRUE(import.finish());
  EXPECT_EQ(contents(HeightView::open(*store, {8}).value()), contents(w.at(8)));
}

TEST(Snapshot, an_imported_state_goes_on_like_any_other) {
  World w = some_world();
  const auto [manifest, chunks] = export_of(w.at(8));
  const auto store = make_memory_store();
  auto import = SnapshotImport::begin(*store, manifest).value();
  for (const auto& chunk : chunks) ASSERT_TRUE(import.add(chunk));
  ASSERT_TRUE(import.finish());
  auto tree = Tree::open(*store).value();
  SeededRandom random(5);
  for (std::uint64_t height = 9; height < 14; ++height) {
    w.shuffle(random, 200, 60);
    const Hash root = w.seal();
    std::vector<Update> updates;
    const auto keys = w.at(height).changed_since({height - 1}).value();
    std::vector<std::optional<Bytes>> values;
    for (const auto& key : keys) values.push_back(w.at(height).get(key));
    for (std::size_t i = 0; i < keys.size(); ++i)
      updates.push_back({keys[i], values[i] ? std::optional<ByteView>(*values[i]) : std::nullopt});
    ASSERT_EQ(tree.stage({height}, updates).value(), root);
    ASSERT_TRUE(tree.commit(Durability::buffered));
  }
  EXPECT_EQ(contents(HeightView::open(*store, {8}).value()), contents(w.at(8)));
}

TEST(Snapshot, does_not_overwrite_a_state) {
  World w = some_world();
  EXPECT_EQ(SnapshotImport::begin(w.store(), {}).error().code, ErrorCode::already_exists);
}

}  // namespace
}  // namespace cambium::state
