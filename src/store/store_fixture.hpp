// What the store's tests share: a fresh folder each, and contents told apart by a seed.
#pragma once

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <string>

#include "base/random.hpp"
#include "store/block_store.hpp"

namespace cambium::store {

struct Content {
  std::uint64_t bytes;
  std::uint64_t seed = 1;

  Bytes make() const {
    Bytes out(bytes);
    SeededRandom(seed).fill(out);
    return out;
  }
};

class StoreTest : public testing::Test {
 protected:
  void SetUp() override {
    const auto* test = testing::UnitTest::GetInstance()->current_test_info();
    dir_ = std::filesystem::path(testing::TempDir()) /
           (std::string("store_") + test->name() + std::to_string(::getpid()));
    std::filesystem::remove_all(dir_);
  }
  void TearDown() override { std::filesystem::remove_all(dir_); }

  std::unique_ptr<BlockStore> open() { return BlockStore::open(dir_).value(); }

  void flip_bit(const std::filesystem::path& file, std::uint64_t bit) const {
    std::fstream stream(file, std::ios::in | std::ios::out | std::ios::binary);
    stream.seekg(static_cast<std::streamoff>(bit / 8));
    const auto byte = static_cast<char>(stream.get() ^ (1 << (bit % 8)));
    stream.seekp(static_cast<std::streamoff>(bit / 8));
    stream.put(byte);
  }

  std::filesystem::path dir_;
};

}  // namespace cambium::store
