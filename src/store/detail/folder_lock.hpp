// One process owns a store's folder: a lock that the kernel drops when the process dies.
#pragma once

#include <filesystem>
#include <utility>

#include "base/result.hpp"

namespace cambium::store::detail {

class FolderLock {
 public:
  /// Takes `<folder>/lock` or says that another process has it.
  static Result<FolderLock> take(const std::filesystem::path& folder);
  FolderLock(FolderLock&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}
  FolderLock& operator=(FolderLock&&) = delete;
  ~FolderLock();

 private:
  explicit FolderLock(int fd) : fd_(fd) {}
  int fd_;
};

}  // namespace cambium::store::detail
