// The sidecar of a stored block: one CRC32C for every 64 KiB of its file, then one over those.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <vector>

#include "base/bytes.hpp"

namespace cambium::store::detail {

inline constexpr std::uint64_t kChecksumBytes = 64 * 1024;

/// Checksums a file while it streams by.
class ChecksumBuilder {
 public:
  void add(ByteView more);
  /// The sidecar's bytes, little endian.
  Bytes finish();

 private:
  std::vector<std::uint32_t> sums_;
  std::uint32_t crc_ = 0;
  std::uint64_t filled_ = 0;  // bytes of the current 64 KiB
};

/// The checksums of a sidecar, or nothing when it is itself damaged.
std::optional<std::vector<std::uint32_t>> read_checksums(ByteView sidecar);

/// Positions of the 64 KiB ranges of `file` that do not match; all of them when the number differs.
std::vector<std::uint64_t> mismatches(ByteView file, const std::vector<std::uint32_t>& sums);

}  // namespace cambium::store::detail
