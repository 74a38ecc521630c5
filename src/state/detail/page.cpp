#include "state/detail/page.hpp"

#include "base/check.hpp"
#include "state/detail/wire.hpp"

namespace cambium::state::detail {
namespace {

constexpr std::uint32_t kAllNodes = ~1u;  // nodes 1..31

std::size_t read_length(const std::uint8_t* p) {
  return std::size_t{p[0]} | std::size_t{p[1]} << 8;
}

tl::unexpected<Error> bad_page(const char* what) {
  return fail(ErrorCode::corrupt, std::string("a stored tree page ") + what +
                                      "; restore the state from a snapshot or replay the blocks");
}

}  // namespace

std::size_t PageBody::key_offset(unsigned i) const {
  std::size_t at = 0;
  for (int n = std::popcount(leaves & ((1u << i) - 1)); n > 0; --n)
    at += 2 + read_length(keys.data() + at);
  return at;
}

ByteView PageBody::leaf_key(unsigned i) const {
  const std::size_t at = key_offset(i);
  return ByteView(keys).subspan(at + 2, read_length(keys.data() + at));
}

void PageBody::drop_key(unsigned i) {
  if (!(leaves >> i & 1)) return;
  const auto at = keys.begin() + static_cast<std::ptrdiff_t>(key_offset(i));
  keys.erase(at, at + 2 + static_cast<std::ptrdiff_t>(read_length(&*at)));
  leaves &= ~(1u << i);
}

void PageBody::set_inner(unsigned i) {
  drop_key(i);
  if (present >> i & 1) return;
  hashes.insert(hashes.begin() + static_cast<std::ptrdiff_t>(rank(i)), Hash{});
  present |= 1u << i;
}

void PageBody::set_leaf(unsigned i, const Hash& hash, ByteView key) {
  set_inner(i);
  hashes[rank(i)] = hash;
  Bytes entry;
  append_le(entry, static_cast<std::uint16_t>(key.size()));
  append(entry, key);
  const auto at = keys.begin() + static_cast<std::ptrdiff_t>(key_offset(i));
  keys.insert(at, entry.begin(), entry.end());
  leaves |= 1u << i;
}

void PageBody::set_empty(unsigned i) {
  if (!(present >> i & 1)) return;
  drop_key(i);
  hashes.erase(hashes.begin() + static_cast<std::ptrdiff_t>(rank(i)));
  present &= ~(1u << i);
}

std::size_t body_size(const PageBody& body) {
  return 8 + 32 * body.hashes.size() + body.keys.size();
}

void write_body(std::uint8_t* out, const PageBody& body) {
  for (const std::uint32_t word : {body.present, body.leaves})
    for (int i = 0; i < 4; ++i) *out++ = static_cast<std::uint8_t>(word >> (8 * i));
  if (!body.hashes.empty()) std::memcpy(out, body.hashes.data(), 32 * body.hashes.size());
  out += 32 * body.hashes.size();
  if (!body.keys.empty()) std::memcpy(out, body.keys.data(), body.keys.size());
}

void append_body(Bytes& out, const PageBody& body) {
  const std::size_t at = out.size();
  out.resize(at + body_size(body));
  write_body(out.data() + at, body);
}

Result<PageBody> parse_body(ByteView bytes) {
  static_assert(sizeof(Hash) == 32);
  Input in(bytes);
  PageBody body;
  body.present = in.read<std::uint32_t>();
  body.leaves = in.read<std::uint32_t>();
  if ((body.present & ~kAllNodes) != 0 || (body.leaves & ~body.present) != 0)
    return bad_page("names nodes that cannot be there");
  const auto count = static_cast<std::size_t>(std::popcount(body.present));
  const ByteView hashes = in.take(32 * count);
  if (in.failed()) return bad_page("ends before its hashes");
  body.hashes.resize(count);
  if (count != 0) std::memcpy(body.hashes.data(), hashes.data(), hashes.size());
  body.keys = to_bytes(in.rest());
  for (int n = std::popcount(body.leaves); n > 0; --n) {
    const auto size = in.read<std::uint16_t>();
    if (size > kMaxKeyBytes) return bad_page("holds a key that is too long");
    in.take(size);
  }
  if (!in.whole()) return bad_page("does not end where its keys do");
  return body;
}

void write_stamp(std::uint8_t* out, const Stamp& stamp) {
  for (int i = 0; i < 8; ++i) *out++ = static_cast<std::uint8_t>(stamp.version >> (8 * i));
  for (int i = 0; i < 4; ++i) *out++ = static_cast<std::uint8_t>(stamp.undo >> (8 * i));
}

Result<StoredPage> parse_page(ByteView record) {
  Input in(record);
  StoredPage page;
  page.stamp.version = in.read<std::uint64_t>();
  page.stamp.undo = in.read<std::uint32_t>();
  if (in.failed()) return bad_page("is too short");
  TRY(page.body, parse_body(in.rest()));
  return page;
}

}  // namespace cambium::state::detail
