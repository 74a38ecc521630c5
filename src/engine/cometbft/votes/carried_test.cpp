#include "engine/cometbft/votes/carried.hpp"

#include <gtest/gtest.h>

#include "schema/canonical.hpp"

namespace cambium::engine {
namespace {

constexpr std::size_t kSignature = 48;

chain::Address address(std::uint8_t number) {
  chain::Address out;
  out.data.fill(number);
  return out;
}

v1::VoteExtension naming(std::uint8_t proposer, std::vector<char> txs) {
  v1::VoteExtension out;
  out.set_proposer(to_string(address(proposer)));
  for (const char tx : txs) out.mutable_left_out()->append(kTxPrefix, tx);
  return out;
}

bool sound(const v1::VoteExtension& extension) {
  return decode_extension(schema::encode(extension), kSignature).has_value();
}

/// Four validators of equal power; these said so.
chain::InclusionFacts facts(const std::vector<v1::VoteExtension>& said) {
  v1::CarriedVotes carried;
  for (std::size_t i = 0; i < said.size(); ++i) {
    auto* vote = carried.add_votes();
    vote->set_position(static_cast<std::uint32_t>(i));
    vote->set_extension(to_string(schema::encode(said[i])));
  }
  std::vector<chain::BlockVote> commit;
  for (std::uint8_t i = 0; i < 4; ++i) commit.push_back({address(i), 10, {}});
  return left_out_of(carried, commit);
}

TEST(Extension, HasItsLimits) {
  EXPECT_TRUE(sound({}));
  EXPECT_TRUE(sound(naming(1, {'a', 'b'})));
  EXPECT_TRUE(sound(naming(1, {}))) << "a block that left nothing out";
  EXPECT_FALSE(sound(naming(1, {'b', 'a'})));
  EXPECT_FALSE(sound(naming(1, {'a', 'a'})));
  auto nobody = naming(1, {'a'});
  nobody.clear_proposer();
  EXPECT_FALSE(sound(nobody));
  auto many = naming(1, {});
  for (std::size_t i = 0; i <= kMaxLeftOut; ++i) {
    many.mutable_left_out()->append(kTxPrefix, static_cast<char>(i + 1));
  }
  EXPECT_FALSE(sound(many));
  v1::VoteExtension partials;
  partials.set_partials(std::string(kSignature * 100, 'p'));
  EXPECT_TRUE(sound(partials));
  partials.mutable_partials()->push_back('p');
  EXPECT_FALSE(sound(partials));
  EXPECT_FALSE(decode_extension(as_bytes("junk"), kSignature));
}

TEST(Extension, IsSignedAsCometBftDoes) {
  const Bytes signed_bytes = extension_sign_bytes({"test_chain_id", {1}, 1, as_bytes("extension")});
  // Length; 1: bytes; 2 and 3: eight fixed bytes, little endian; 4: text.
  const std::string expected =
      std::string("\x2c\x0a\x09" "extension" "\x11\x01\0\0\0\0\0\0\0\x19\x01\0\0\0\0\0\0\0"
                  "\x22\x0d" "test_chain_id", 45);
  EXPECT_EQ(to_string(signed_bytes), expected);
}

TEST(LeftOut, CountsWhatTwoThirdsOfThePowerSay) {
  const auto a = naming(9, {'a'}), both = naming(9, {'a', 'b'});
  const auto three = facts({a, both, a});
  EXPECT_EQ(three.proposer, address(9));
  ASSERT_EQ(three.seen.size(), 1u) << "b was named by a quarter";
  EXPECT_EQ(three.seen[0].data[0], 'a');
  EXPECT_EQ(three.seen[0].data[kTxPrefix], 0);
  EXPECT_TRUE(facts({a, a}).seen.empty()) << "half of the power accuses nobody";
  const auto split = facts({naming(8, {'a'}), a, a});
  EXPECT_EQ(split.proposer, chain::Address{}) << "nor do two thirds who do not agree on whom";
}

TEST(CarriedVotes, NameEachPositionOnce) {
  v1::CarriedVotes carried;
  carried.add_votes()->set_position(1);
  carried.add_votes()->set_position(2);
  EXPECT_TRUE(decode_carried(schema::encode(carried)));
  carried.mutable_votes(1)->set_position(1);
  EXPECT_FALSE(decode_carried(schema::encode(carried)));
  EXPECT_FALSE(decode_carried(as_bytes("\x01junk")));
}

}  // namespace
}  // namespace cambium::engine
