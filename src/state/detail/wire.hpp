// Little-endian fields of stored records. Reading past the end is remembered instead of done, so
// a record is parsed straight through and asked once at the end whether it was whole.
#pragma once

#include <cstring>

#include "base/bytes.hpp"

namespace cambium::state::detail {

template <class T>
void append_le(Bytes& out, T value) {
  for (std::size_t i = 0; i < sizeof(T); ++i)
    out.push_back(static_cast<std::uint8_t>(value >> (8 * i)));
}

class Input {
 public:
  explicit Input(ByteView bytes) : rest_(bytes) {}

  template <class T>
  T read() {
    const ByteView field = take(sizeof(T));
    T value = 0;
    for (std::size_t i = 0; i < field.size(); ++i)
      value |= static_cast<T>(T{field[i]} << (8 * i));
    return value;
  }
  ByteView take(std::size_t size) {
    if (size > rest_.size()) {
      failed_ = true;
      rest_ = {};
      return {};
    }
    const ByteView field = rest_.first(size);
    rest_ = rest_.subspan(size);
    return field;
  }
  ByteView rest() const { return rest_; }
  bool failed() const { return failed_; }
  bool whole() const { return !failed_ && rest_.empty(); }

 private:
  ByteView rest_;
  bool failed_ = false;
};

}  // namespace cambium::state::detail
