// Light proof-of-work: a few seconds of hashing that make spam cost something. Never consensus.
#pragma once

#include <cstdint>
#include <optional>

#include "base/ids.hpp"

namespace cambium::chain::models {

/// Leading zero bits that cost about 3 s on one slow core (4 to 6 million hashes a second).
inline constexpr std::uint32_t kDefaultWorkBits = 24;

/// SHA-256("cambium/work/v1" || subject || nonce, big endian).
Hash work_hash(const Hash& subject, std::uint64_t nonce);
std::uint32_t leading_zero_bits(const Hash& hash);
bool work_done(const Hash& subject, std::uint64_t nonce, std::uint32_t bits);

/// Nonces to try: `count` of them from `first` on. Callers split the search to stay cancellable.
struct NonceRange {
  std::uint64_t first = 1;
  std::uint64_t count = UINT64_MAX;
};
/// The first nonce of the range that does the work, if any.
std::optional<std::uint64_t> find_work(const Hash& subject, std::uint32_t bits, NonceRange range);

}  // namespace cambium::chain::models
