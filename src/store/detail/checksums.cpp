#include "store/detail/checksums.hpp"

#include <algorithm>

#include "base/crc32c.hpp"

namespace cambium::store::detail {
namespace {

void put_le32(Bytes& out, std::uint32_t value) {
  for (int i = 0; i < 4; ++i) out.push_back(static_cast<std::uint8_t>(value >> (8 * i)));
}

std::uint32_t get_le32(ByteView bytes) {
  return bytes[0] | std::uint32_t{bytes[1]} << 8 | std::uint32_t{bytes[2]} << 16 |
         std::uint32_t{bytes[3]} << 24;
}

}  // namespace

void ChecksumBuilder::add(ByteView more) {
  while (!more.empty()) {
    const auto take = std::min<std::uint64_t>(kChecksumBytes - filled_, more.size());
    crc_ = crc32c(more.first(take), crc_);
    filled_ += take;
    more = more.subspan(take);
    if (filled_ < kChecksumBytes) return;
    sums_.push_back(crc_);
    crc_ = 0;
    filled_ = 0;
  }
}

Bytes ChecksumBuilder::finish() {
  if (filled_ != 0) sums_.push_back(crc_);
  Bytes out;
  for (const auto sum : sums_) put_le32(out, sum);
  put_le32(out, crc32c(out));
  return out;
}

std::optional<std::vector<std::uint32_t>> read_checksums(ByteView sidecar) {
  if (sidecar.size() < 4 || sidecar.size() % 4 != 0) return std::nullopt;
  const auto body = sidecar.first(sidecar.size() - 4);
  if (crc32c(body) != get_le32(sidecar.last(4))) return std::nullopt;
  std::vector<std::uint32_t> sums;
  for (std::size_t at = 0; at < body.size(); at += 4) sums.push_back(get_le32(body.subspan(at)));
  return sums;
}

std::vector<std::uint64_t> mismatches(ByteView file, const std::vector<std::uint32_t>& sums) {
  const auto ranges = (file.size() + kChecksumBytes - 1) / kChecksumBytes;
  std::vector<std::uint64_t> bad;
  for (std::uint64_t i = 0; i < ranges; ++i) {
    const auto at = i * kChecksumBytes;
    const auto part = file.subspan(at, std::min<std::uint64_t>(kChecksumBytes, file.size() - at));
    if (sums.size() != ranges || crc32c(part) != sums[i]) bad.push_back(i);
  }
  return bad;
}

}  // namespace cambium::store::detail
