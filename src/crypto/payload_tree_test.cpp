#include "crypto/payload_tree.hpp"

#include <gtest/gtest.h>

#include "base/random.hpp"
#include "crypto/merkle.hpp"

namespace cambium::crypto {
namespace {

Bytes content_of(std::uint64_t size) {
  Bytes bytes(size);
  SeededRandom(size + 1).fill(bytes);
  return bytes;
}

Bytes file_of(ByteView content) {
  PayloadTreeBuilder tree;
  tree.add(content);
  auto file = to_bytes(content);
  append(file, encode_payload_tail(content.size(), tree.finish()));
  return file;
}

/// The tree by its definition, without sub-tiles.
Hash plain_root(ByteView content) {
  std::vector<Hash> leaves;
  for (std::size_t at = 0; at < content.size(); at += kPayloadLeafBytes) {
    leaves.push_back(merkle_leaf(content.subspan(at, std::min<std::size_t>(
        kPayloadLeafBytes, content.size() - at))));
  }
  return merkle_root(leaves);
}

/// True when nothing in opening and fully verifying the file objects.
bool sound(ByteView file, const Hash& root) {
  const auto parts = split_payload_file(file);
  if (!parts) return false;
  const auto verifier = PayloadVerifier::over(*parts, root);
  return verifier && verifier->verify_all();
}

class PayloadSize : public testing::TestWithParam<std::uint64_t> {};

TEST_P(PayloadSize, RootIsThatOfTheTreeByItsDefinition) {  // B/FMT-03
  const auto content = content_of(GetParam());
  EXPECT_EQ(payload_root(content), plain_root(content));
}

TEST_P(PayloadSize, PiecesOfAnySizeGiveTheSameIndex) {
  const auto content = content_of(GetParam());
  PayloadTreeBuilder tree;
  for (std::size_t at = 0; at < content.size(); at += 70'001) {
    tree.add(ByteView(content).subspan(at, std::min<std::size_t>(70'001, content.size() - at)));
  }
  const auto index = tree.finish();
  EXPECT_EQ(index.back(), payload_root(content));
  EXPECT_EQ(index.size(), payload_index_hashes(content.size()));
}

TEST_P(PayloadSize, EveryLeafHasAProof) {
  const auto content = content_of(GetParam());
  const auto file = file_of(content);
  const auto parts = split_payload_file(file).value();
  for (std::uint64_t at = 0; at < content.size(); at += 37 * kPayloadLeafBytes) {
    const auto proof = prove_payload_leaf(parts, at / kPayloadLeafBytes).value();
    auto leaf = to_bytes(ByteView(content).subspan(
        at, std::min<std::size_t>(kPayloadLeafBytes, content.size() - at)));
    EXPECT_TRUE(verify_payload_leaf(parts.root, leaf, proof));
    leaf[0] ^= 1;
    EXPECT_FALSE(verify_payload_leaf(parts.root, leaf, proof));
  }
}

INSTANTIATE_TEST_SUITE_P(Edges, PayloadSize,
                         testing::Values(0, 1, 1024, 1025, kPayloadSubtreeBytes - 1,
                                         kPayloadSubtreeBytes, kPayloadSubtreeBytes + 1,
                                         3 * kPayloadSubtreeBytes,
                                         5 * kPayloadSubtreeBytes + 1500));

TEST(PayloadFile, AnyFlippedBitIsFound) {  // issue: a flipped bit anywhere in a block is found
  auto file = file_of(content_of(2 * kPayloadSubtreeBytes + 777));
  const auto root = split_payload_file(file)->root;
  ASSERT_TRUE(sound(file, root));
  const auto tail = file.size() - kPayloadTrailerBytes - 7 * 32;
  for (std::size_t at = 0; at < file.size(); at += at < tail ? 9973 : 1) {
    file[at] ^= 1 << (at % 8);
    EXPECT_FALSE(sound(file, root)) << "bit in byte " << at;
    file[at] ^= 1 << (at % 8);
  }
}

TEST(PayloadFile, EveryFlippedBitOfASmallOneIsFound) {  // every bit, trailer and tree included
  auto file = file_of(content_of(1500));
  const auto root = split_payload_file(file)->root;
  for (std::size_t bit = 0; bit < file.size() * 8; ++bit) {
    file[bit / 8] ^= 1 << (bit % 8);
    EXPECT_FALSE(sound(file, root)) << "bit " << bit;
    file[bit / 8] ^= 1 << (bit % 8);
  }
}

TEST(PayloadFile, AnyTruncationIsRefused) {
  const auto file = file_of(content_of(3000));
  for (std::size_t size = 0; size < file.size(); ++size) {
    EXPECT_FALSE(split_payload_file(ByteView(file).first(size)));
  }
}

TEST(PayloadVerifier, HashesEachSubTileOnce) {
  const auto content = content_of(4 * kPayloadSubtreeBytes);
  const auto file = file_of(content);
  const auto verifier =
      PayloadVerifier::over(split_payload_file(file).value(), payload_root(content)).value();
  EXPECT_EQ(verifier.verified_subtrees(), 0u);
  EXPECT_TRUE(verifier.verify(kPayloadSubtreeBytes - 1, 2));
  EXPECT_EQ(verifier.verified_subtrees(), 2u);
}

TEST(PayloadVerifier, RefusesAnotherRoot) {
  const auto file = file_of(content_of(10));
  const auto made = PayloadVerifier::over(split_payload_file(file).value(), Hash{});
  ASSERT_FALSE(made);
  EXPECT_NE(made.error().message.find("was expected"), std::string::npos);
}

}  // namespace
}  // namespace cambium::crypto
