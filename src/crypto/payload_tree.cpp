#include "crypto/payload_tree.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <cstring>

#include "base/check.hpp"
#include "crypto/merkle.hpp"

namespace cambium::crypto {
namespace {

constexpr std::string_view kMagic = "CMBINDEX";
constexpr std::uint64_t kHashBytes = Hash::kSize;

static_assert(std::endian::native == std::endian::little, "files are read in place");

std::uint64_t chunks(std::uint64_t bytes, std::uint64_t chunk) {
  return bytes / chunk + (bytes % chunk != 0 ? 1 : 0);
}

/// Sub-tiles of the content; empty content counts as one, whose root is that of no leaves.
std::uint64_t subtree_count(std::uint64_t content_bytes) {
  return std::max<std::uint64_t>(1, chunks(content_bytes, kPayloadSubtreeBytes));
}

std::vector<Hash> leaves_of(ByteView subtree) {
  std::vector<Hash> leaves;
  leaves.reserve(chunks(subtree.size(), kPayloadLeafBytes));
  for (std::size_t at = 0; at < subtree.size(); at += kPayloadLeafBytes) {
    const auto size = std::min<std::size_t>(kPayloadLeafBytes, subtree.size() - at);
    leaves.push_back(merkle_leaf(subtree.subspan(at, size)));
  }
  return leaves;
}

Hash subtree_root(ByteView subtree) { return merkle_root(leaves_of(subtree)); }

ByteView subtree_of(const PayloadParts& parts, std::uint64_t subtree) {
  const auto at = subtree * kPayloadSubtreeBytes;
  return parts.content.subspan(
      at, std::min<std::uint64_t>(kPayloadSubtreeBytes, parts.content.size() - at));
}

Hash index_hash(ByteView index, std::uint64_t position) {
  return *Hash::from(index.subspan(position * kHashBytes, kHashBytes));
}

void put_le(Bytes& out, std::uint64_t value, int bytes) {
  for (int i = 0; i < bytes; ++i) out.push_back(static_cast<std::uint8_t>(value >> (8 * i)));
}

std::uint64_t get_le(ByteView bytes) {
  std::uint64_t value = 0;
  for (std::size_t i = bytes.size(); i-- > 0;) value = value << 8 | bytes[i];
  return value;
}

}  // namespace

std::uint64_t payload_index_hashes(std::uint64_t content_bytes) {
  std::uint64_t total = 0;
  auto level = subtree_count(content_bytes);
  for (; level > 1; level = chunks(level, 2)) total += level;
  return total + 1;
}

Hash payload_root(ByteView content) {
  PayloadTreeBuilder builder;
  builder.add(content);
  return builder.finish().back();
}

void PayloadTreeBuilder::add(ByteView more) {
  bytes_ += more.size();
  while (!more.empty()) {
    if (pending_.empty() && more.size() >= kPayloadSubtreeBytes) {
      subtrees_.push_back(subtree_root(more.first(kPayloadSubtreeBytes)));
      more = more.subspan(kPayloadSubtreeBytes);
      continue;
    }
    const auto room = kPayloadSubtreeBytes - pending_.size();
    const auto take = std::min<std::size_t>(room, more.size());
    append(pending_, more.first(take));
    more = more.subspan(take);
    if (pending_.size() == kPayloadSubtreeBytes) {
      subtrees_.push_back(subtree_root(pending_));
      pending_.clear();
    }
  }
}

std::vector<Hash> PayloadTreeBuilder::finish() {
  if (!pending_.empty() || subtrees_.empty()) subtrees_.push_back(subtree_root(pending_));
  pending_.clear();
  auto levels = std::move(subtrees_);
  std::size_t start = 0;
  std::size_t size = levels.size();
  while (size > 1) {
    for (std::size_t i = 0; i < size; i += 2) {
      const auto at = start + i;
      levels.push_back(i + 1 < size ? merkle_node(levels[at], levels[at + 1]) : Hash(levels[at]));
    }
    start += size;
    size = chunks(size, 2);
  }
  return levels;
}

Bytes encode_payload_tail(std::uint64_t content_bytes, const std::vector<Hash>& index) {
  CHECK(index.size() == payload_index_hashes(content_bytes), "the index is of other content");
  Bytes out;
  out.reserve(index.size() * kHashBytes + kPayloadTrailerBytes);
  for (const auto& hash : index) append(out, hash);
  append(out, as_bytes(kMagic));
  put_le(out, content_bytes, 8);
  put_le(out, kPayloadLeafBytes, 4);
  put_le(out, kPayloadSubtreeBytes, 4);
  put_le(out, 0, 8);
  return out;
}

Result<PayloadParts> split_payload_file(ByteView file) {
  if (file.size() < kPayloadTrailerBytes + kHashBytes) {
    return fail(ErrorCode::corrupt,
                fmt::format("The payload file has {} bytes, less than its index and trailer need; "
                            "it was cut short, fetch it again.", file.size()));
  }
  const auto trailer = file.last(kPayloadTrailerBytes);
  if (as_chars(trailer.first(8)) != kMagic || get_le(trailer.subspan(16, 4)) != kPayloadLeafBytes ||
      get_le(trailer.subspan(20, 4)) != kPayloadSubtreeBytes || get_le(trailer.last(8)) != 0) {
    return fail(ErrorCode::corrupt,
                "The payload file does not end with the trailer CMBINDEX of this version; it was "
                "cut short or is not a payload file.");
  }
  const auto content_bytes = get_le(trailer.subspan(8, 8));
  const auto rest = file.size() - kPayloadTrailerBytes;
  if (content_bytes > rest || payload_index_hashes(content_bytes) != (rest - content_bytes) / 32 ||
      (rest - content_bytes) % kHashBytes != 0) {
    return fail(ErrorCode::corrupt,
                fmt::format("The payload file has {} bytes but its trailer names {} of content; "
                            "the file is damaged, fetch it again.", file.size(), content_bytes));
  }
  const auto index = file.subspan(content_bytes, rest - content_bytes);
  return PayloadParts{file.first(content_bytes), index,
                      index_hash(index, index.size() / kHashBytes - 1)};
}

Result<PayloadLeafProof> prove_payload_leaf(const PayloadParts& parts, std::uint64_t leaf) {
  const auto count = chunks(parts.content.size(), kPayloadLeafBytes);
  if (leaf >= count) {
    return fail(ErrorCode::invalid_input,
                fmt::format("Leaf {} does not exist: the payload has {} leaves of 1 KiB.", leaf,
                            count));
  }
  constexpr auto kLeaves = kPayloadSubtreeBytes / kPayloadLeafBytes;
  const auto leaves = leaves_of(subtree_of(parts, leaf / kLeaves));
  PayloadLeafProof proof{leaf, count, merkle_path(leaves, leaf % kLeaves)};
  std::uint64_t start = 0;
  auto at = leaf / kLeaves;
  for (auto size = subtree_count(parts.content.size()); size > 1; size = chunks(size, 2)) {
    const auto sibling = at ^ 1;
    if (sibling < size) proof.siblings.push_back(index_hash(parts.index, start + sibling));
    start += size;
    at /= 2;
  }
  return proof;
}

Status verify_payload_leaf(const Hash& root, ByteView bytes, const PayloadLeafProof& proof) {
  if (bytes.size() <= kPayloadLeafBytes &&
      merkle_verify(root, merkle_leaf(bytes), {proof.leaf, proof.leaf_count}, proof.siblings)) {
    return {};
  }
  return fail(ErrorCode::corrupt,
              fmt::format("Leaf {} does not lead to payload {}; ask another holder for it.",
                          proof.leaf, root.hex()));
}

PayloadVerifier::PayloadVerifier(const PayloadParts& parts)
    : parts_(parts),
      subtrees_(subtree_count(parts.content.size())),
      done_(std::make_unique<std::atomic<std::uint8_t>[]>(subtrees_)) {}

Result<PayloadVerifier> PayloadVerifier::over(const PayloadParts& parts, const Hash& expected) {
  if (parts.root != expected) {
    return fail(ErrorCode::corrupt,
                fmt::format("The payload's root is {} but {} was expected; fetch it again.",
                            parts.root.hex(), expected.hex()));
  }
  std::uint64_t start = 0;
  for (auto size = subtree_count(parts.content.size()); size > 1; size = chunks(size, 2)) {
    for (std::uint64_t i = 0; i < size; i += 2) {
      const auto left = index_hash(parts.index, start + i);
      const auto parent =
          i + 1 < size ? merkle_node(left, index_hash(parts.index, start + i + 1)) : left;
      if (parent != index_hash(parts.index, start + size + i / 2)) {
        return fail(ErrorCode::corrupt,
                    fmt::format("The Merkle index of payload {} is damaged; fetch it again.",
                                expected.hex()));
      }
    }
    start += size;
  }
  return PayloadVerifier(parts);
}

Status PayloadVerifier::verify(std::uint64_t offset, std::uint64_t size) const {
  CHECK(offset <= parts_.content.size() && size <= parts_.content.size() - offset,
        "the range lies outside the payload");
  if (size == 0 && !parts_.content.empty()) return {};
  const auto last = size == 0 ? 0 : (offset + size - 1) / kPayloadSubtreeBytes;
  for (auto i = offset / kPayloadSubtreeBytes; i <= last; ++i) {
    if (done_[i].load(std::memory_order_acquire) != 0) continue;
    const auto bytes = subtree_of(parts_, i);
    if (subtree_root(bytes) != index_hash(parts_.index, i)) {
      return fail(ErrorCode::corrupt,
                  fmt::format("Payload {} is damaged within bytes {} to {}; delete it and fetch it "
                              "again.", parts_.root.hex(), i * kPayloadSubtreeBytes,
                              i * kPayloadSubtreeBytes + bytes.size()));
    }
    done_[i].store(1, std::memory_order_release);
  }
  return {};
}

std::uint64_t PayloadVerifier::verified_subtrees() const {
  std::uint64_t count = 0;
  for (std::uint64_t i = 0; i < subtrees_; ++i) count += done_[i].load(std::memory_order_acquire);
  return count;
}

}  // namespace cambium::crypto
