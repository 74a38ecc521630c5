#include "engine/native_verifier.hpp"

#include <gtest/gtest.h>

#include <deque>

#include "base/random.hpp"

namespace cambium::engine {
namespace {

using crypto::KeyType;

/// Signed messages together with the bytes they borrow.
class SignedMessages {
 public:
  void add(KeyType type, std::string_view text) {
    auto key = crypto::generate_key(type, random_);
    const Bytes& message = kept_.emplace_back(to_bytes(text));
    const Bytes& signature = kept_.emplace_back(key->sign(message));
    items.push_back({key->public_key(), message, signature});
  }
  std::vector<crypto::SignedMessage> items;

 private:
  SeededRandom random_{1};
  std::deque<Bytes> kept_;
};

TEST(NativeVerifier, accepts_both_kinds_of_keys) {
  SignedMessages all;
  all.add(KeyType::ed25519, "a");
  all.add(KeyType::secp256k1, "b");
  EXPECT_TRUE(NativeVerifier().verify(all.items[0]));
  EXPECT_TRUE(NativeVerifier().verify(all.items[1]));
  std::swap(all.items[0].message, all.items[1].message);
  EXPECT_FALSE(NativeVerifier().verify(all.items[0]));
  EXPECT_FALSE(NativeVerifier().verify(all.items[1]));
}

TEST(NativeVerifier, a_mixed_batch_names_the_bad_ones) {
  SignedMessages all;
  for (int i = 0; i < 40; ++i) all.add(i % 3 == 0 ? KeyType::secp256k1 : KeyType::ed25519, "m");
  EXPECT_EQ(NativeVerifier().verify_all(all.items), std::vector<bool>(40, true));

  std::vector<bool> expected(40, true);
  for (const std::size_t bad : {3, 4, 38}) {
    all.items[bad].message = as_bytes("other");
    expected[bad] = false;
  }
  EXPECT_EQ(NativeVerifier().verify_all(all.items), expected);
}

TEST(NativeVerifier, sizes_that_are_wrong_are_refused) {
  SignedMessages all;
  all.add(KeyType::ed25519, "a");
  all.items[0].signature = all.items[0].signature.first(63);
  EXPECT_FALSE(NativeVerifier().verify(all.items[0]));
  EXPECT_EQ(NativeVerifier().verify_all(all.items), std::vector<bool>{false});
  EXPECT_TRUE(NativeVerifier().verify_all({}).empty());
}

}  // namespace
}  // namespace cambium::engine
