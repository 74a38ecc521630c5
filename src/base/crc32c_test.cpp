#include "base/crc32c.hpp"

#include <gtest/gtest.h>

#include "base/random.hpp"

namespace cambium {
namespace {

TEST(Crc32c, GivesTheValuesOfItsSpecification) {
  EXPECT_EQ(crc32c(as_bytes("123456789")), 0xe3069283U);
  EXPECT_EQ(crc32c(Bytes(32, 0)), 0x8a9136aaU);
}

TEST(Crc32c, BothImplementationsAgreeAtEveryLength) {
  Bytes bytes(100);
  SeededRandom(7).fill(bytes);
  for (std::size_t size = 0; size <= bytes.size(); ++size) {
    const auto part = ByteView(bytes).first(size);
    EXPECT_EQ(crc32c(part), crc32c_portable(part)) << size;
  }
}

TEST(Crc32c, Continues) {
  EXPECT_EQ(crc32c(as_bytes("456789"), crc32c(as_bytes("123"))), crc32c(as_bytes("123456789")));
}

}  // namespace
}  // namespace cambium
