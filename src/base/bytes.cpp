#include "base/bytes.hpp"

#include <algorithm>

#include "base/check.hpp"

namespace cambium {

void append_be64(Bytes& out, std::uint64_t value) {
  for (int shift = 56; shift >= 0; shift -= 8) out.push_back(std::uint8_t(value >> shift));
}

void append_be32(Bytes& out, std::uint32_t value) {
  for (int shift = 24; shift >= 0; shift -= 8) out.push_back(std::uint8_t(value >> shift));
}

std::uint64_t read_be64(ByteView bytes) {
  CHECK(bytes.size() >= 8, "a 64-bit integer needs eight bytes");
  std::uint64_t value = 0;
  for (int i = 0; i < 8; ++i) value = value << 8 | bytes[i];
  return value;
}

bool equal(ByteView a, ByteView b) { return std::ranges::equal(a, b); }

bool less(ByteView a, ByteView b) { return std::ranges::lexicographical_compare(a, b); }

bool starts_with(ByteView bytes, ByteView prefix) {
  return bytes.size() >= prefix.size() && equal(bytes.first(prefix.size()), prefix);
}

}  // namespace cambium
