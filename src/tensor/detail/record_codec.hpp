// One table describes a fixed-size little-endian record; the same table writes it and reads it, so
// the two cannot drift apart.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

#include "base/bytes.hpp"

namespace cambium::tensor::detail {

/// Where one number of `Record` lies and how many bytes it takes.
template <class Record>
struct Field {
  std::string_view name;
  std::size_t offset;
  std::size_t bytes;
  std::uint64_t Record::*member;
};

template <class Record>
using FieldTable = std::span<const Field<Record>>;

/// Writes magic and fields over `out`, whose other bytes become zero.
template <class Record>
void encode_record(const Record& record, std::string_view magic, FieldTable<Record> table,
                   std::span<std::uint8_t> out) {
  std::fill(out.begin(), out.end(), std::uint8_t{0});
  std::copy(magic.begin(), magic.end(), out.begin());
  for (const auto& field : table) {
    for (std::size_t i = 0; i < field.bytes; ++i) {
      out[field.offset + i] = static_cast<std::uint8_t>(record.*field.member >> (8 * i));
    }
  }
}

/// Reads the fields; `in` is at least as long as the record.
template <class Record>
Record decode_record(FieldTable<Record> table, ByteView in) {
  Record record;
  for (const auto& field : table) {
    std::uint64_t value = 0;
    for (std::size_t i = field.bytes; i-- > 0;) value = value << 8 | in[field.offset + i];
    record.*field.member = value;
  }
  return record;
}

/// `value` rounded up to a multiple of `alignment`, a power of two.
constexpr std::uint64_t align_up(std::uint64_t value, std::uint64_t alignment) {
  return (value + alignment - 1) & ~(alignment - 1);
}

inline bool all_zero(ByteView bytes) {
  return std::all_of(bytes.begin(), bytes.end(), [](std::uint8_t byte) { return byte == 0; });
}

}  // namespace cambium::tensor::detail
