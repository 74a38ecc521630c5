#include "engine/cometbft/remembering_verifier.hpp"

#include <gtest/gtest.h>

namespace cambium::engine {
namespace {

// Says yes to signatures that begin with 'y', and counts what it is asked.
class Counting : public crypto::SignatureVerifier {
 public:
  bool verify(const crypto::SignedMessage& item) const override {
    ++asked;
    return item.signature[0] == 'y';
  }
  mutable int asked = 0;
};

crypto::SignedMessage item(std::string_view message, std::string_view signature) {
  return {{crypto::KeyType::ed25519, Bytes(32, 1)}, as_bytes(message), as_bytes(signature)};
}

TEST(RememberingVerifier, AsksOnceForWhatHolds) {
  Counting inner;
  const RememberingVerifier verifier(inner, 10);
  EXPECT_TRUE(verifier.verify(item("m", "yes")));
  EXPECT_TRUE(verifier.verify(item("m", "yes")));
  EXPECT_EQ(inner.asked, 1);
}

TEST(RememberingVerifier, AForgeryStaysOneAndAnotherMessageIsAnotherQuestion) {
  Counting inner;
  const RememberingVerifier verifier(inner, 10);
  EXPECT_TRUE(verifier.verify(item("m", "yes")));
  EXPECT_FALSE(verifier.verify(item("m", "no!")));
  EXPECT_FALSE(verifier.verify(item("m", "no!")));
  EXPECT_TRUE(verifier.verify(item("mm", "yes")));
  EXPECT_TRUE(verifier.verify(item("my", "es")) == false);
  EXPECT_EQ(inner.asked, 5);
}

TEST(RememberingVerifier, ForgetsTheOldest) {
  Counting inner;
  const RememberingVerifier verifier(inner, 1);
  for (const auto* message : {"a", "b", "a"}) EXPECT_TRUE(verifier.verify(item(message, "yes")));
  EXPECT_EQ(inner.asked, 3);
}

}  // namespace
}  // namespace cambium::engine
