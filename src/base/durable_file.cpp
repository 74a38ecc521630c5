#include "base/durable_file.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <utility>

#include "base/crash_point.hpp"

namespace cambium {
namespace {

const CrashPoint kBeforeRename("base.durable_before_rename");

std::string_view advice(int code) {
  switch (code) {
    case ENOSPC:
    case EDQUOT: return "free space on the disk or choose another folder";
    case EACCES:
    case EPERM:
    case EROFS: return "give this user the right to write there or choose another folder";
    case EFBIG: return "raise the file size limit (ulimit -f)";
    case EMFILE:
    case ENFILE: return "raise the limit of open files (ulimit -n)";
    case EEXIST: return "remove it or choose another name";
    case ENOENT: return "make the folder first or correct the path";
    default: return "check the disk and the system log";
  }
}

}  // namespace

Error io_error(std::string_view doing, const std::filesystem::path& path) {
  const int code = errno;
  const auto kind = code == ENOENT   ? ErrorCode::not_found
                    : code == EEXIST ? ErrorCode::already_exists
                                     : ErrorCode::io;
  return {kind, fmt::format("Cannot {} {}: {}; {}.", doing, path.string(), std::strerror(code),
                            advice(code))};
}

Result<OutputFile> OutputFile::create(const std::filesystem::path& path) {
  const int fd = ::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0644);
  if (fd < 0) return tl::unexpected(io_error("create", path));
  return OutputFile(fd, path);
}

OutputFile::OutputFile(OutputFile&& other) noexcept
    : fd_(std::exchange(other.fd_, -1)), path_(std::move(other.path_)) {}

OutputFile::~OutputFile() {
  if (fd_ >= 0) ::close(fd_);
}

Status OutputFile::write(ByteView bytes) {
  while (!bytes.empty()) {
    const auto written = ::write(fd_, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return tl::unexpected(io_error("write", path_));
    bytes = bytes.subspan(static_cast<std::size_t>(written));
  }
  return {};
}

Status OutputFile::sync() {
  if (::fsync(fd_) != 0) return tl::unexpected(io_error("flush", path_));
  return {};
}

Status sync_folder(const std::filesystem::path& folder) {
  const int fd = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (fd < 0) return tl::unexpected(io_error("open folder", folder));
  const int done = ::fsync(fd);
  Status result;
  if (done != 0) result = tl::unexpected(io_error("flush folder", folder));
  ::close(fd);
  return result;
}

Status rename_file(const Rename& names) {
  if (::rename(names.from.c_str(), names.to.c_str()) == 0) return {};
  return tl::unexpected(io_error("put in place", names.to));
}

Status write_durably(const std::filesystem::path& path, std::initializer_list<ByteView> parts) {
  auto beside = path;
  beside += ".new";
  ::unlink(beside.c_str());  // what an earlier crash left
  {
    TRY(auto file, OutputFile::create(beside));
    Status written;
    for (const auto part : parts) {
      if (written) written = file.write(part);
    }
    if (written) written = file.sync();
    if (!written) {
      ::unlink(beside.c_str());
      return written;
    }
  }
  kBeforeRename.pass();
  TRY_STATUS(rename_file({beside, path}));
  const auto folder = path.parent_path();
  return sync_folder(folder.empty() ? "." : folder);
}

}  // namespace cambium
