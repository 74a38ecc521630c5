#include "state/proof.hpp"

#include <gtest/gtest.h>

#include "cambium/ics23/v1/ics23.pb.h"
#include "state/testing/world.hpp"

namespace cambium::state {
namespace {

using testing::World;

Claim claim(const HeightView& view, const Bytes& key, std::optional<Bytes>& value) {
  value = view.get(key);
  return {key, value ? std::optional<ByteView>(*value) : std::nullopt};
}

World some_world(std::uint64_t seed, int heights) {
  SeededRandom random(seed);
  World w;
  for (int i = 0; i < heights; ++i) {
    w.shuffle(random, 200, 40);
    w.seal();
  }
  return w;
}

TEST(Proof, shows_presence_and_absence_at_every_height) {
  World w = some_world(5, 12);
  for (std::uint64_t height = 1; height <= 12; ++height) {
    const auto view = w.at(height);
    for (int i = 0; i < 220; ++i) {
      const Bytes key = to_bytes("key/" + std::to_string(i));
      std::optional<Bytes> value;
      const auto what = claim(view, key, value);
      const auto proof = view.prove(key);
      ASSERT_TRUE(proof) << proof.error().message;
      const auto shown = verify(*proof, view.root(), what);
      EXPECT_TRUE(shown) << shown.error().message;
      const Bytes other = to_bytes("forged");
      EXPECT_FALSE(verify(*proof, view.root(), {key, other}));
      EXPECT_NE(verify(*proof, view.root(), {key, std::nullopt}).has_value(), value.has_value());
    }
  }
}

TEST(Proof, one_flipped_bit_is_found) {
  World w = some_world(6, 3);
  const auto view = w.at(3);
  for (const char* name : {"key/1", "key/2", "key/3", "nowhere"}) {
    const Bytes key = to_bytes(name);
    std::optional<Bytes> value;
    const auto what = claim(view, key, value);
    Bytes proof = view.prove(key).value();
    ASSERT_TRUE(verify(proof, view.root(), what));
    for (std::size_t bit = 0; bit < proof.size() * 8; ++bit) {
      proof[bit / 8] ^= static_cast<std::uint8_t>(1u << bit % 8);
      EXPECT_FALSE(verify(proof, view.root(), what)) << name << " bit " << bit;
      proof[bit / 8] ^= static_cast<std::uint8_t>(1u << bit % 8);
    }
  }
}

TEST(Proof, neighbours_that_are_not_adjacent_show_nothing) {
  World w = some_world(7, 3);
  const auto view = w.at(3);
  std::vector<ExistenceProof> leaves;
  ASSERT_TRUE(view.walk([&](ByteView key) {
    leaves.push_back(decode_existence(view.prove(key).value()).value());
    return true;
  }));
  ASSERT_GT(leaves.size(), 20u);
  const Bytes hidden = leaves[10].key;
  const auto forged = [&](std::optional<ExistenceProof> left, std::optional<ExistenceProof> right) {
    return verify(AbsenceProof{hidden, left, right}, view.root(), {hidden, std::nullopt});
  };
  EXPECT_FALSE(forged(leaves[9], leaves[11]));
  EXPECT_FALSE(forged(leaves[9], std::nullopt));
  EXPECT_FALSE(forged(std::nullopt, leaves[11]));
  EXPECT_FALSE(forged(leaves[10], leaves[11]));
  EXPECT_FALSE(forged(leaves[9], leaves[10]));
}

TEST(Proof, is_a_commitment_proof_on_the_wire) {
  World w = some_world(8, 2);
  const auto view = w.at(2);
  for (const char* name : {"key/1", "key/2", "nowhere"}) {
    const Bytes bytes = view.prove(as_bytes(name)).value();
    ics23::v1::CommitmentProof message;
    ASSERT_TRUE(message.ParseFromArray(bytes.data(), static_cast<int>(bytes.size())));
    EXPECT_EQ(to_bytes(message.SerializeAsString()), bytes);
    const auto& some = message.has_exist() ? message.exist() : message.nonexist().left();
    EXPECT_EQ(some.leaf().prehash_key(), ics23::v1::SHA256);
  }
}

TEST(Proof, an_empty_state_cannot_prove_absence) {
  World w;
  w.seal();
  EXPECT_EQ(w.at(1).prove(as_bytes("a")).error().code, ErrorCode::unsupported);
}

}  // namespace
}  // namespace cambium::state
