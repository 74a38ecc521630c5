// The one Merkle tree of every payload, and the index stored beside the bytes it covers.
//
// Tree: RFC 6962 SHA-256 over 1 KiB leaves of the content (the last leaf may be short). Its root is
// the payload's content id. Because RFC 6962 splits at powers of two, every aligned run of 256
// leaves is one subtree: a 256 KiB sub-tile. The stored index keeps the roots of those subtrees and
// every level above them, lowest level first; an odd last node moves up unchanged.
#pragma once

#include <atomic>
#include <memory>
#include <vector>

#include "base/bytes.hpp"
#include "base/ids.hpp"
#include "base/result.hpp"

namespace cambium::crypto {

inline constexpr std::uint64_t kPayloadLeafBytes = 1024;
inline constexpr std::uint64_t kPayloadSubtreeBytes = 256 * kPayloadLeafBytes;
inline constexpr std::uint64_t kPayloadTrailerBytes = 32;

/// Root over the whole content; the hash of the empty string for empty content, as RFC 6962 says.
Hash payload_root(ByteView content);

/// Number of 32-byte hashes an index over `content_bytes` holds.
std::uint64_t payload_index_hashes(std::uint64_t content_bytes);

/// Builds the index while the content streams by; holds at most one sub-tile of it.
class PayloadTreeBuilder {
 public:
  void add(ByteView more);
  std::uint64_t content_bytes() const { return bytes_; }
  /// Ends the stream: every stored level, lowest first, concatenated. The last hash is the root.
  std::vector<Hash> finish();

 private:
  Bytes pending_;               // bytes of the sub-tile that is not full yet
  std::vector<Hash> subtrees_;  // roots of the full ones
  std::uint64_t bytes_ = 0;
};

/// A payload file is content, index, then a 32-byte trailer: magic "CMBINDEX", content size u64,
/// leaf size u32, sub-tile size u32, reserved u64 zero; little endian.
Bytes encode_payload_tail(std::uint64_t content_bytes, const std::vector<Hash>& index);

/// The parts of a payload file, borrowed from it; sizes are checked, hashes are not yet.
struct PayloadParts {
  ByteView content;
  ByteView index;  // 32 bytes a hash, lowest level first
  Hash root;       // the index's last hash: what the file claims to be
};
Result<PayloadParts> split_payload_file(ByteView file);

/// The path that proves one 1 KiB leaf to a root: sibling hashes from the leaf upwards.
struct PayloadLeafProof {
  std::uint64_t leaf = 0;         // position of the leaf
  std::uint64_t leaf_count = 0;   // leaves of the whole tree
  std::vector<Hash> siblings;
};

/// Reads and hashes the leaf's own sub-tile only; the rest comes from the index.
Result<PayloadLeafProof> prove_payload_leaf(const PayloadParts& parts, std::uint64_t leaf);
/// `bytes` are the leaf's content: 1 KiB, or less for the last one.
Status verify_payload_leaf(const Hash& root, ByteView bytes, const PayloadLeafProof& proof);

/// Verifies content against a root sub-tile by sub-tile, each at most once. Threads may share it.
class PayloadVerifier {
 public:
  /// Checks that the index leads to `expected` (a few hashes per MiB of content); content is not
  /// read. The bytes behind `parts` must outlive the verifier.
  static Result<PayloadVerifier> over(const PayloadParts& parts, const Hash& expected);

  /// Verifies every sub-tile that touches [offset, offset + size) and was not verified before.
  Status verify(std::uint64_t offset, std::uint64_t size) const;
  Status verify_all() const { return verify(0, parts_.content.size()); }
  /// How many sub-tiles have been hashed so far: lazy verification is counted by this.
  std::uint64_t verified_subtrees() const;
  const PayloadParts& parts() const { return parts_; }

 private:
  explicit PayloadVerifier(const PayloadParts& parts);
  PayloadParts parts_;
  std::uint64_t subtrees_ = 0;
  std::unique_ptr<std::atomic<std::uint8_t>[]> done_;  // one flag a sub-tile
};

}  // namespace cambium::crypto
