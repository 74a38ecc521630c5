// Files that survive a power cut: write beside, fsync, rename, fsync the folder.
#pragma once

#include <filesystem>
#include <initializer_list>
#include <string>

#include "base/bytes.hpp"
#include "base/result.hpp"

namespace cambium {

/// The sentence for a refused system call, with advice for the common reasons: a full disk, missing
/// permission, a file size limit, too many open files. Reads errno.
Error io_error(std::string_view doing, const std::filesystem::path& path);

/// An open file being written; closed when it goes. Only one thread uses it.
class OutputFile {
 public:
  /// Creates `path`, which must not exist.
  static Result<OutputFile> create(const std::filesystem::path& path);
  OutputFile(OutputFile&& other) noexcept;
  OutputFile& operator=(OutputFile&&) = delete;
  ~OutputFile();

  /// Writes all of it or says why not.
  Status write(ByteView bytes);
  /// Returns when the bytes are on the disk.
  Status sync();
  const std::filesystem::path& path() const { return path_; }

 private:
  OutputFile(int fd, std::filesystem::path path) : fd_(fd), path_(std::move(path)) {}
  int fd_;
  std::filesystem::path path_;
};

/// Makes creations, renames and removals in `folder` durable.
Status sync_folder(const std::filesystem::path& folder);

struct Rename {
  std::filesystem::path from;
  std::filesystem::path to;
};
/// Replaces `to` atomically; durable after sync_folder.
Status rename_file(const Rename& names);

/// Replaces `path` by the parts, one after another: after a crash it is the old file or the new.
Status write_durably(const std::filesystem::path& path, std::initializer_list<ByteView> parts);

}  // namespace cambium
