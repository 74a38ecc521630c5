#include "chain/modules/models/light_work.hpp"

#include <bit>

#include "crypto/sha256.hpp"

namespace cambium::chain::models {

Hash work_hash(const Hash& subject, std::uint64_t nonce) {
  std::array<std::uint8_t, 8> be;
  for (int i = 0; i < 8; ++i) be[std::size_t(i)] = std::uint8_t(nonce >> (56 - 8 * i));
  return crypto::sha256({as_bytes("cambium/work/v1"), subject, be});
}

std::uint32_t leading_zero_bits(const Hash& hash) {
  std::uint32_t bits = 0;
  for (const auto byte : hash.data) {
    bits += std::uint32_t(std::countl_zero(byte));
    if (byte != 0) break;
  }
  return bits;
}

bool work_done(const Hash& subject, std::uint64_t nonce, std::uint32_t bits) {
  return bits == 0 || leading_zero_bits(work_hash(subject, nonce)) >= bits;
}

std::optional<std::uint64_t> find_work(const Hash& subject, std::uint32_t bits, NonceRange range) {
  for (std::uint64_t i = 0; i < range.count; ++i) {
    if (work_done(subject, range.first + i, bits)) return range.first + i;
  }
  return std::nullopt;
}

}  // namespace cambium::chain::models
