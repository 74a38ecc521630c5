#include "engine/log/block_log.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "engine/log/memory_disk.hpp"

namespace cambium::engine {
namespace {

using testing::HasSubstr;

cambium::engine::v1::BlockRecord record(std::uint64_t height) {
  cambium::engine::v1::BlockRecord out;
  out.set_header("header of " + std::to_string(height));
  out.add_txs(std::string(height * 7 % 50, 'x'));
  return out;
}

void write(BlockLog& log, std::uint64_t height) {
  ASSERT_TRUE(log.append({height}, record(height)));
  ASSERT_TRUE(log.sync());
  ASSERT_TRUE(log.append_seal({height}, as_bytes("signed")));
}

std::unique_ptr<BlockLog> open(Disk& disk, std::uint64_t segment_bytes = 1 << 20) {
  auto log = BlockLog::open(disk, {segment_bytes});
  EXPECT_TRUE(log) << log.error().message;
  return log ? std::move(*log) : nullptr;
}

TEST(BlockLog, ReadsBackWhatItWrote) {
  MemoryDisk disk;
  auto log = open(disk, 100);
  for (std::uint64_t h = 1; h <= 20; ++h) write(*log, h);
  log = open(disk, 100);
  EXPECT_EQ(log->last(), Height{20});
  EXPECT_EQ(log->read({13})->header(), "header of 13");
  EXPECT_EQ(*log->seal({20}), to_bytes("signed"));
  EXPECT_GT(disk.list()->size(), 3u);
}

TEST(BlockLog, CutsATornTailAtEveryByte) {
  MemoryDisk whole;
  auto log = open(whole);
  write(*log, 1);
  const std::size_t durable = whole.content("blocks-00000000000000000001.log").bytes.size();
  ASSERT_TRUE(log->append({2}, record(2)));
  const Bytes all = whole.content("blocks-00000000000000000001.log").bytes;
  for (std::size_t size = durable; size < all.size(); ++size) {
    MemoryDisk disk;
    ASSERT_TRUE(disk.open("blocks-00000000000000000001.log"));
    disk.content("blocks-00000000000000000001.log").bytes.assign(all.begin(), all.begin() + size);
    log = open(disk);
    EXPECT_EQ(log->last(), Height{1});
    write(*log, 2);
    EXPECT_EQ(open(disk)->last(), Height{2});
  }
}

TEST(BlockLog, NeverLosesASyncedBlockInAPowerCut) {
  for (std::uint64_t seed = 1; seed <= 200; ++seed) {
    SeededRandom random(seed);
    MemoryDisk disk;
    std::uint64_t synced = random.below(6);
    auto log = open(disk, 120);
    for (std::uint64_t h = 1; h <= synced; ++h) write(*log, h);
    ASSERT_TRUE(log->append({synced + 1}, record(synced + 1)));
    disk.lose_unsynced(random);
    log = open(disk, 120);
    ASSERT_GE(log->last().value, synced) << "seed " << seed;
    for (std::uint64_t h = 1; h <= synced; ++h) {
      EXPECT_EQ(log->read({h})->header(), record(h).header());
    }
  }
}

TEST(BlockLog, RefusesToCutWhatWasSynced) {
  MemoryDisk disk;
  auto log = open(disk);
  for (std::uint64_t h = 1; h <= 4; ++h) write(*log, h);
  disk.content("blocks-00000000000000000001.log").bytes[30] ^= 1;
  auto refused = BlockLog::open(disk);
  ASSERT_FALSE(refused);
  EXPECT_THAT(refused.error().message, HasSubstr("Restore the folder from a backup"));
}

TEST(BlockLog, AnyFlippedBitIsFoundAndNoSyncedBlockIsCut) {
  MemoryDisk disk;
  auto log = open(disk);
  for (std::uint64_t h = 1; h <= 3; ++h) write(*log, h);
  Bytes& bytes = disk.content("blocks-00000000000000000001.log").bytes;
  const Bytes sound = bytes;
  int mended = 0;
  for (std::size_t bit = 0; bit < sound.size() * 8; ++bit) {
    bytes[bit / 8] ^= 1 << (bit % 8);
    if (const auto opened = BlockLog::open(disk)) {  // the last seal was hit: signed again
      EXPECT_EQ((*opened)->last(), Height{3}) << "bit " << bit;
      for (std::uint64_t h = 1; h <= 3; ++h) {
        EXPECT_EQ((*opened)->read({h})->header(), record(h).header());
      }
      EXPECT_FALSE(*(*opened)->seal({3}));
      ++mended;
    }
    bytes = sound;
  }
  EXPECT_LT(mended, 300);
}

TEST(BlockLog, AFullDiskIsASentence) {
  MemoryDisk disk;
  auto log = open(disk);
  write(*log, 1);
  disk.fail_after(1);
  auto refused = log->append({2}, record(2));
  ASSERT_FALSE(refused);
  EXPECT_THAT(refused.error().message, HasSubstr("disk is full"));
  disk.fail_after(-1);
  EXPECT_EQ(open(disk)->last(), Height{1});
}

}  // namespace
}  // namespace cambium::engine
