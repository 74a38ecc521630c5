// Owned and borrowed byte strings; the currency of every boundary.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace cambium {

using Bytes = std::vector<std::uint8_t>;
using ByteView = std::span<const std::uint8_t>;

/// The bytes of a string, borrowed.
inline ByteView as_bytes(std::string_view text) {
  return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
}

/// The characters of a byte string, borrowed; no encoding is implied.
inline std::string_view as_chars(ByteView bytes) {
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

inline Bytes to_bytes(ByteView view) { return {view.begin(), view.end()}; }
inline Bytes to_bytes(std::string_view text) { return to_bytes(as_bytes(text)); }
inline std::string to_string(ByteView view) { return std::string(as_chars(view)); }

inline void append(Bytes& out, ByteView more) { out.insert(out.end(), more.begin(), more.end()); }

/// Appends fixed-width integers; big endian sorts like the numbers do, so state keys use it.
void append_be64(Bytes& out, std::uint64_t value);
void append_be32(Bytes& out, std::uint32_t value);
std::uint64_t read_be64(ByteView bytes);

bool equal(ByteView a, ByteView b);
bool less(ByteView a, ByteView b);
bool starts_with(ByteView bytes, ByteView prefix);

}  // namespace cambium
