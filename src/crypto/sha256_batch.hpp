// Many short SHA-256 hashes at once: what a Merkle tree spends its time on. Two messages run
// interleaved through the processor's SHA instructions where it has them, which hides their
// latency; elsewhere a portable implementation gives the same bytes.
#pragma once

#include <cstdint>
#include <span>

#include "base/ids.hpp"

namespace cambium::crypto {

/// 64 bytes to read (two child hashes side by side) and 32 to write; they may overlap.
struct PairHash {
  const std::uint8_t* pair;
  std::uint8_t* out;
};

/// out = SHA256(prefix || pair) for every job. No job may read what another one writes.
void sha256_pairs(std::uint8_t prefix, std::span<const PairHash> jobs);

/// out[i] = SHA256(messages[i]); both have one length.
void sha256_each(std::span<const ByteView> messages, std::span<Hash> out);

/// Which implementation runs on this machine: "sha-ni" or "portable".
const char* sha256_batch_backend();

}  // namespace cambium::crypto
