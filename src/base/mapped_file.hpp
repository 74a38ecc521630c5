// A file mapped read-only into memory, and how much of it is resident.
#pragma once

#include <filesystem>
#include <utility>

#include "base/bytes.hpp"
#include "base/result.hpp"

namespace cambium {

/// Owns the mapping; pages come in when touched. The file may be unlinked meanwhile.
class MappedFile {
 public:
  static Result<MappedFile> open(const std::filesystem::path& path);
  MappedFile(MappedFile&& other) noexcept : bytes_(std::exchange(other.bytes_, {})) {}
  MappedFile& operator=(MappedFile&& other) noexcept {
    std::swap(bytes_, other.bytes_);
    return *this;
  }
  ~MappedFile();

  /// Page aligned; empty for an empty file.
  ByteView bytes() const { return bytes_; }
  /// Asks the kernel to read [offset, offset + size) ahead; only a hint.
  void prefetch(std::uint64_t offset, std::uint64_t size) const;

 private:
  explicit MappedFile(ByteView bytes) : bytes_(bytes) {}
  ByteView bytes_;
};

/// Pages of this process's own page table that hold part of `range` (from /proc/self/pagemap),
/// whatever else the page cache holds. A touch may map cached neighbours too, at most the aligned
/// 2 MiB around it; beyond those a count of zero proves that nothing was touched.
Result<std::uint64_t> resident_pages(ByteView range);

/// Resident bytes of this process in private, unshared memory (heap and copies), from
/// /proc/self/smaps_rollup: a copy of weights shows here, a mapping does not.
Result<std::uint64_t> private_resident_bytes();

}  // namespace cambium
