#include "store/block_store.hpp"

#include "store/store_fixture.hpp"

namespace cambium::store {
namespace {

using ScrubTest = StoreTest;

TEST_F(ScrubTest, SoundBlocksHaveNoDamage) {
  const auto store = open();
  ASSERT_TRUE(store->put(Content{500'000}.make()));
  ASSERT_TRUE(store->put(Content{10, 2}.make()));
  const auto report = store->scrub().value();
  EXPECT_EQ(report.blocks, 2u);
  EXPECT_TRUE(report.damage.empty());
}

TEST_F(ScrubTest, AFlippedBitAnywhereIsFoundAndItsRangeNamed) {  // must show 7
  const auto store = open();
  const auto root = store->put(Content{200'000}.make()).value();
  const auto bits = std::filesystem::file_size(store->path(root)) * 8;
  SeededRandom random(5);
  for (int i = 0; i < 200; ++i) {
    const auto bit = i < 8 ? bits - 1 - static_cast<std::uint64_t>(i) * 40 : random.below(bits);
    flip_bit(store->path(root), bit);
    const auto damage = store->scrub(root).value();
    ASSERT_EQ(damage.size(), 1u) << "bit " << bit;
    EXPECT_LE(damage[0].offset, bit / 8);
    EXPECT_GT(damage[0].offset + damage[0].size, bit / 8);
    EXPECT_LE(damage[0].size, 64 * 1024u);
    flip_bit(store->path(root), bit);
  }
  EXPECT_TRUE(store->scrub(root)->empty());
}

TEST_F(ScrubTest, DamagedChecksumsAreToldFromADamagedBlock) {
  const auto store = open();
  const auto root = store->put(Content{200'000}.make()).value();
  flip_bit(store->path(root) += ".crc", 3);
  const auto damage = store->scrub(root).value();
  ASSERT_EQ(damage.size(), 1u);
  EXPECT_NE(damage[0].reason.find("block is intact"), std::string::npos);
}

TEST_F(ScrubTest, WithoutChecksumsTheTreeFindsTheDamage) {
  const auto store = open();
  const auto root = store->put(Content{600'000}.make()).value();
  std::filesystem::remove(store->path(root) += ".crc");
  flip_bit(store->path(root), 300'000 * 8);
  const auto damage = store->scrub(root).value();
  ASSERT_EQ(damage.size(), 1u);
  EXPECT_EQ(damage[0].offset, 256 * 1024u);
}

TEST_F(ScrubTest, ATruncatedBlockIsDamaged) {
  const auto store = open();
  const auto root = store->put(Content{200'000}.make()).value();
  std::filesystem::resize_file(store->path(root), 100'000);
  EXPECT_FALSE(store->scrub(root)->empty());
  EXPECT_EQ(store->open(root).error().code, ErrorCode::corrupt);
}

TEST_F(ScrubTest, StoringADamagedBlockAgainMendsItEvenWhenPinned) {
  const auto store = open();
  const auto content = Content{200'000}.make();
  const auto root = store->put(content).value();
  ASSERT_TRUE(store->pin(root));
  flip_bit(store->path(root), 12345);
  ASSERT_FALSE(store->scrub(root)->empty());
  ASSERT_TRUE(store->put(content));
  EXPECT_TRUE(store->scrub(root)->empty());
  EXPECT_TRUE(store->open(root).value()->verify_all());
}

}  // namespace
}  // namespace cambium::store
