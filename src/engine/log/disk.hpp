// The few things the block log asks of a disk, so that simulation can lose, tear and corrupt them.
#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "base/bytes.hpp"
#include "base/result.hpp"

namespace cambium::engine {

/// A file that grows at its end. What was appended is durable only after `sync`.
class AppendFile {
 public:
  virtual ~AppendFile() = default;
  virtual Status append(ByteView bytes) = 0;
  virtual Status sync() = 0;
  virtual std::uint64_t size() const = 0;
  /// Cuts the file, durably.
  virtual Status truncate(std::uint64_t size) = 0;
  /// Exactly `size` bytes at `offset`; `corrupt` beyond the end.
  virtual Result<Bytes> read(std::uint64_t offset, std::uint64_t size) const = 0;
};

/// One folder of such files.
class Disk {
 public:
  virtual ~Disk() = default;
  /// Names in ascending order.
  virtual Result<std::vector<std::string>> list() const = 0;
  /// Opens the file, making it (durably) when it is missing.
  virtual Result<std::unique_ptr<AppendFile>> open(const std::string& name) = 0;
};

/// A real folder, made when missing.
Result<std::unique_ptr<Disk>> open_file_disk(const std::filesystem::path& folder);

}  // namespace cambium::engine
