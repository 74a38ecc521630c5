#include "store/block_store.hpp"

#include "store/store_fixture.hpp"

namespace cambium::store {
namespace {

using BlockStoreTest = StoreTest;

TEST_F(BlockStoreTest, GivesBackWhatWasPut) {
  const auto store = open();
  const auto content = Content{700'000}.make();
  const auto root = store->put(content).value();
  EXPECT_EQ(root, crypto::payload_root(content));
  const auto block = store->open(root).value();
  EXPECT_TRUE(equal(block->content(), content));
  EXPECT_TRUE(block->verify_all());
}

TEST_F(BlockStoreTest, EmptyContentIsABlockToo) {
  const auto store = open();
  const auto root = store->put({}).value();
  EXPECT_TRUE(store->open(root).value()->content().empty());
  EXPECT_TRUE(store->scrub(root)->empty());
}

TEST_F(BlockStoreTest, SurvivesReopening) {
  const auto root = open()->put(Content{5000}.make()).value();
  EXPECT_TRUE(open()->has(root));
}

TEST_F(BlockStoreTest, PiecesMakeTheSameBlock) {
  const auto store = open();
  const auto content = Content{300'000}.make();
  const auto writer = store->begin().value();
  for (std::size_t at = 0; at < content.size(); at += 7777) {
    ASSERT_TRUE(writer->write(ByteView(content).subspan(
        at, std::min<std::size_t>(7777, content.size() - at))));
  }
  EXPECT_EQ(writer->commit().value(), crypto::payload_root(content));
}

TEST_F(BlockStoreTest, AnAbandonedPutLeavesNothing) {
  const auto store = open();
  ASSERT_TRUE(store->begin().value()->write(Content{5000}.make()));
  EXPECT_TRUE(store->list()->empty());
  EXPECT_TRUE(std::filesystem::is_empty(dir_ / "tmp"));
}

TEST_F(BlockStoreTest, BytesThatAreNotWhatWasAnnouncedAreNotKept) {
  const auto store = open();
  const auto refused = store->put_as(Hash{}, Content{5000}.make());
  ASSERT_FALSE(refused);
  EXPECT_NE(refused.error().message.find("nothing was stored"), std::string::npos);
  EXPECT_TRUE(store->list()->empty());
  EXPECT_EQ(store->bytes_used().value(), 0u);
}

TEST_F(BlockStoreTest, ListsRootsInOrderAndCountsBytes) {
  const auto store = open();
  for (std::uint64_t seed = 0; seed < 5; ++seed) {
    ASSERT_TRUE(store->put(Content{1000, seed}.make()));
  }
  const auto roots = store->list().value();
  EXPECT_EQ(roots.size(), 5u);
  EXPECT_TRUE(std::is_sorted(roots.begin(), roots.end()));
  EXPECT_EQ(store->bytes_used().value(), 5 * (1000 + 32 + 32 + 8u));
}

TEST_F(BlockStoreTest, StoringTwiceKeepsOne) {
  const auto store = open();
  ASSERT_TRUE(store->put(Content{1000}.make()));
  ASSERT_TRUE(store->put(Content{1000}.make()));
  EXPECT_EQ(store->list()->size(), 1u);
}

TEST_F(BlockStoreTest, ErasedBlocksAreGoneButOpenOnesStayReadable) {
  const auto store = open();
  const auto content = Content{5000}.make();
  const auto root = store->put(content).value();
  const auto block = store->open(root).value();
  ASSERT_TRUE(store->erase(root));
  EXPECT_FALSE(store->has(root));
  EXPECT_EQ(store->open(root).error().code, ErrorCode::not_found);
  EXPECT_EQ(store->erase(root).error().code, ErrorCode::not_found);
  EXPECT_TRUE(equal(block->content(), content));
  EXPECT_EQ(store->bytes_used().value(), 0u);
}

TEST_F(BlockStoreTest, APinnedBlockIsNotErasedEvenAfterReopening) {
  const auto root = open()->put(Content{5000}.make()).value();
  ASSERT_TRUE(open()->pin(root));
  const auto store = open();
  EXPECT_TRUE(store->pinned(root));
  EXPECT_EQ(store->erase(root).error().code, ErrorCode::refused);
  ASSERT_TRUE(store->unpin(root));
  EXPECT_TRUE(store->erase(root));
}

TEST_F(BlockStoreTest, OneProcessOwnsTheFolder) {
  const auto store = open();
  const auto second = BlockStore::open(dir_);
  ASSERT_FALSE(second);
  EXPECT_NE(second.error().message.find("in use by another process"), std::string::npos);
}

TEST_F(BlockStoreTest, AnyLeafAnswersAStorageChallenge) {
  const auto store = open();
  const auto root = store->put(Content{1'000'000}.make()).value();
  const auto block = store->open(root).value();
  const auto proof = block->prove(321).value();
  EXPECT_TRUE(crypto::verify_payload_leaf(root, block->content().subspan(321 * 1024, 1024), proof));
}

}  // namespace
}  // namespace cambium::store
