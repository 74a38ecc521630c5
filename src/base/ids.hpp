// Distinct types for 32-byte hashes and ids, heights and times, so that none is passed for another.
#pragma once

#include <array>
#include <compare>
#include <cstdint>
#include <cstring>
#include <functional>
#include <optional>
#include <string>

#include "base/bytes.hpp"
#include "base/hex.hpp"

namespace cambium {

/// 32 bytes with a meaning given by `Tag`.
template <class Tag>
struct Id32 {
  std::array<std::uint8_t, 32> data{};

  static constexpr std::size_t kSize = 32;
  ByteView view() const { return data; }
  operator ByteView() const { return data; }
  std::string hex() const { return to_hex(data); }
  bool is_zero() const { return *this == Id32{}; }
  auto operator<=>(const Id32&) const = default;

  static std::optional<Id32> from(ByteView bytes) {
    if (bytes.size() != kSize) return std::nullopt;
    Id32 id;
    std::memcpy(id.data.data(), bytes.data(), kSize);
    return id;
  }
  static std::optional<Id32> from_hex(std::string_view text) {
    auto bytes = cambium::from_hex(text);
    return bytes ? from(*bytes) : std::nullopt;
  }
};

using Hash = Id32<struct HashTag>;        // a SHA-256 or BLAKE3 digest, or a Merkle root
using BlockId = Id32<struct BlockIdTag>;  // a parameter block
using TxId = Id32<struct TxIdTag>;        // SHA-256 of a transaction's raw bytes

/// A whole number with a unit; only like adds to like.
template <class Tag, class Rep = std::uint64_t>
struct Quantity {
  Rep value{};
  auto operator<=>(const Quantity&) const = default;
  Quantity next() const { return {value + 1}; }
};

using Height = Quantity<struct HeightTag>;
using Nonce = Quantity<struct NonceTag>;
using Gas = Quantity<struct GasTag>;
using TimeMs = Quantity<struct TimeTag, std::int64_t>;  // milliseconds since the Unix epoch

}  // namespace cambium

template <class Tag>
struct std::hash<cambium::Id32<Tag>> {
  std::size_t operator()(const cambium::Id32<Tag>& id) const noexcept {
    std::size_t h;  // ids are digests: any eight bytes are already well mixed
    std::memcpy(&h, id.data.data(), sizeof h);
    return h;
  }
};
