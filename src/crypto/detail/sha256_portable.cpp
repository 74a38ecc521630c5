#include <bit>

#include "crypto/detail/sha256_block.hpp"

namespace cambium::crypto::detail {
namespace {

std::uint32_t read_word(const std::uint8_t* p) {
  return std::uint32_t{p[0]} << 24 | std::uint32_t{p[1]} << 16 | std::uint32_t{p[2]} << 8 | p[3];
}

void compress_one(ShaState& state, const std::uint8_t* block) {
  std::uint32_t w[64];
  for (int i = 0; i < 16; ++i) w[i] = read_word(block + 4 * i);
  for (int i = 16; i < 64; ++i) {
    const auto x = w[i - 15], y = w[i - 2];
    const auto s0 = std::rotr(x, 7) ^ std::rotr(x, 18) ^ (x >> 3);
    const auto s1 = std::rotr(y, 17) ^ std::rotr(y, 19) ^ (y >> 10);
    w[i] = w[i - 16] + s0 + w[i - 7] + s1;
  }
  auto [a, b, c, d, e, f, g, h] = state;
  for (std::size_t i = 0; i < 64; ++i) {
    const auto s1 = std::rotr(e, 6) ^ std::rotr(e, 11) ^ std::rotr(e, 25);
    const auto t1 = h + s1 + ((e & f) ^ (~e & g)) + kShaRound[i] + w[i];
    const auto s0 = std::rotr(a, 2) ^ std::rotr(a, 13) ^ std::rotr(a, 22);
    const auto t2 = s0 + ((a & b) ^ (a & c) ^ (b & c));
    h = g, g = f, f = e, e = d + t1, d = c, c = b, b = a, a = t1 + t2;
  }
  const ShaState add = {a, b, c, d, e, f, g, h};
  for (std::size_t i = 0; i < 8; ++i) state[i] += add[i];
}

void compress_two(ShaState* states, const std::uint8_t* block0, const std::uint8_t* block1) {
  compress_one(states[0], block0);
  compress_one(states[1], block1);
}

}  // namespace

ShaBackend portable_sha() { return {"portable", compress_one, compress_two}; }

}  // namespace cambium::crypto::detail
