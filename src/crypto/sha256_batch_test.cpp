#include "crypto/sha256_batch.hpp"

#include <gtest/gtest.h>

#include "base/random.hpp"
#include "crypto/detail/sha256_block.hpp"
#include "crypto/sha256.hpp"

namespace cambium::crypto {
namespace {

Bytes random_bytes(Random& random, std::size_t size) {
  Bytes out(size);
  random.fill(out);
  return out;
}

TEST(Sha256Batch, agrees_with_the_library_for_every_length_around_a_block) {
  SeededRandom random(1);
  std::vector<Bytes> messages;
  for (std::size_t size = 0; size < 200; ++size)
    for (int twice = 0; twice < 2; ++twice) messages.push_back(random_bytes(random, size));
  std::vector<ByteView> views(messages.begin(), messages.end());
  std::vector<Hash> out(views.size());
  sha256_each(views, out);
  for (std::size_t i = 0; i < views.size(); ++i) EXPECT_EQ(out[i], sha256(views[i])) << i;
}

TEST(Sha256Batch, hashes_prefixed_pairs) {
  SeededRandom random(2);
  for (std::size_t count : {1u, 2u, 3u, 8u}) {
    const Bytes in = random_bytes(random, 64 * count);
    std::vector<Hash> out(count);
    std::vector<PairHash> jobs;
    for (std::size_t i = 0; i < count; ++i)
      jobs.push_back({in.data() + 64 * i, out[i].data.data()});
    sha256_pairs(1, jobs);
    const Bytes prefix{1};
    for (std::size_t i = 0; i < count; ++i)
      EXPECT_EQ(out[i], sha256({prefix, ByteView(in).subspan(64 * i, 64)}));
  }
}

TEST(Sha256Batch, both_implementations_give_the_same_bytes) {
  const auto native = detail::native_sha();
  if (native.name == nullptr) GTEST_SKIP() << "this processor has no SHA instructions";
  SeededRandom random(3);
  for (int i = 0; i < 50; ++i) {
    const Bytes a = random_bytes(random, 64), b = random_bytes(random, 64);
    detail::ShaState fast[2] = {detail::kShaStart, detail::kShaStart};
    detail::ShaState slow[2] = {detail::kShaStart, detail::kShaStart};
    native.two(fast, a.data(), b.data());
    detail::portable_sha().two(slow, a.data(), b.data());
    EXPECT_EQ(fast[0], slow[0]);
    EXPECT_EQ(fast[1], slow[1]);
  }
}

}  // namespace
}  // namespace cambium::crypto
