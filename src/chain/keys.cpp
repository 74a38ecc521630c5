#include "chain/keys.hpp"

#include "base/check.hpp"
#include "chain/convert.hpp"
#include "crypto/sha256.hpp"

namespace cambium::chain {

void append_part(Bytes& out, const crypto::Address& part, bool) { append(out, part); }

void append_part(Bytes& out, std::uint64_t part, bool) { append_be64(out, part); }

void append_part(Bytes& out, const std::string& part, bool last) {
  if (!last) {
    CHECK(part.size() <= 255, "text inside a key is at most 255 bytes");
    out.push_back(static_cast<std::uint8_t>(part.size()));
  }
  append(out, as_bytes(part));
}

namespace {

ByteView take(ByteView& rest, std::size_t size) {
  CHECK(rest.size() >= size, "a state key is shorter than its table's parts");
  const ByteView taken = rest.first(size);
  rest = rest.subspan(size);
  return taken;
}

}  // namespace

crypto::Address take_address(ByteView& rest) { return *crypto::Address::from(take(rest, 20)); }
std::uint64_t take_number(ByteView& rest) { return read_be64(take(rest, 8)); }
std::array<std::uint8_t, 32> take_id32(ByteView& rest) {
  return Hash::from(take(rest, 32))->data;
}

std::string take_text(ByteView& rest, bool last) {
  if (last) return to_string(take(rest, rest.size()));
  const std::size_t size = take(rest, 1)[0];
  return to_string(take(rest, size));
}

Address module_address(std::string_view name) {
  const Hash hash = crypto::sha256({as_bytes("cambium/module/v1"), as_bytes(name)});
  return *Address::from(hash.view().first(20));
}

}  // namespace cambium::chain
