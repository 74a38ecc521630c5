// Published vectors, and what an attacker would try.
#include <gtest/gtest.h>

#include "crypto/keys.hpp"
#include "crypto/merkle.hpp"
#include "crypto/sha256.hpp"

namespace cambium::crypto {
namespace {

TEST(Sha256, AgreesWithFips180Example) {
  const auto expected = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
  EXPECT_EQ(sha256(as_bytes("abc")).hex(), expected);
  EXPECT_EQ(sha256({as_bytes("a"), as_bytes("bc")}).hex(), expected);
}

TEST(Keccak, AgreesWithTheEmptyStringOfEthereum) {
  EXPECT_EQ(keccak256({}).hex(),
            "c5d2460186f7233c927e7db2dcc703c0e500b653ca82273b7bfad8045d85a470");
}

TEST(Merkle, EveryLeafOfEverySizeIsProvenAndNoOther) {
  std::vector<Hash> leaves;
  for (std::uint8_t n = 1; n < 20; ++n) {
    leaves.push_back(merkle_leaf(Bytes{n}));
    const Hash root = merkle_root(leaves);
    for (std::size_t i = 0; i < leaves.size(); ++i) {
      const auto path = merkle_path(leaves, i);
      EXPECT_TRUE(merkle_verify(root, leaves[i], {i, leaves.size()}, path));
      EXPECT_FALSE(merkle_verify(root, merkle_leaf(Bytes{99}), {i, leaves.size()}, path));
      EXPECT_FALSE(merkle_verify(root, leaves[i], {i, 2 * leaves.size()}, path));
    }
  }
}

class Keys : public testing::TestWithParam<KeyType> {};

TEST_P(Keys, SignatureHoldsForItsMessageOnly) {
  SeededRandom random(1);
  const auto key = generate_key(GetParam(), random);
  const Bytes message = to_bytes("pay bob 5");
  Bytes signature = key->sign(message);
  const BasicVerifier verifier;
  EXPECT_TRUE(verifier.verify({key->public_key(), message, signature}));
  EXPECT_FALSE(verifier.verify({key->public_key(), as_bytes("pay bob 6"), signature}));
  for (std::size_t i = 0; i < signature.size(); ++i) {
    signature[i] ^= 1;
    EXPECT_FALSE(verifier.verify({key->public_key(), message, signature})) << "byte " << i;
    signature[i] ^= 1;
  }
}

TEST_P(Keys, TheSameSecretGivesTheSameAddress) {
  SeededRandom random(2);
  const auto key = generate_key(GetParam(), random);
  const auto again = key_from_secret(GetParam(), key->secret());
  EXPECT_EQ(address_of(key->public_key()), address_of((*again)->public_key()));
  const auto address = address_of(key->public_key());
  EXPECT_EQ(Address::from_text(address.text()), address);
}

INSTANTIATE_TEST_SUITE_P(Types, Keys, testing::Values(KeyType::ed25519, KeyType::secp256k1));

// Secret key 1 is the generator point; its Ethereum address is well known.
TEST(Secp256k1, AddressOfSecretOneIsEthereums) {
  Bytes secret(32, 0);
  secret[31] = 1;
  const auto key = key_from_secret(KeyType::secp256k1, secret);
  EXPECT_EQ(ethereum_address(address_of((*key)->public_key())),
            "0x7E5F4552091A69125d5DfCb7b8C2659029395Bdf");
}

// RFC 8032 section 7.1, test 1.
TEST(Ed25519, AgreesWithRfc8032) {
  const auto key = key_from_secret(
      KeyType::ed25519,
      *from_hex("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60"));
  EXPECT_EQ(to_hex((*key)->public_key().bytes),
            "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a");
  EXPECT_EQ(to_hex((*key)->sign({})).substr(0, 32), "e5564300c360ac729086e2cc806e828a");
}

}  // namespace
}  // namespace cambium::crypto
