#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>

#include "base/durable_file.hpp"
#include "engine/log/disk.hpp"

namespace cambium::engine {
namespace {

namespace fs = std::filesystem;

class PosixFile final : public AppendFile {
 public:
  PosixFile(int fd, std::uint64_t size, fs::path path)
      : fd_(fd), size_(size), path_(std::move(path)) {}
  ~PosixFile() override { ::close(fd_); }

  Status append(ByteView bytes) override {
    while (!bytes.empty()) {
      ssize_t n = ::pwrite(fd_, bytes.data(), bytes.size(), static_cast<off_t>(size_));
      if (n < 0 && errno == EINTR) continue;
      if (n < 0) return tl::unexpected<Error>(io_error("writing the block log", path_));
      size_ += static_cast<std::uint64_t>(n);
      bytes = bytes.subspan(static_cast<std::size_t>(n));
    }
    return {};
  }

  Status sync() override {
    if (::fdatasync(fd_) != 0) {
      return tl::unexpected<Error>(io_error("flushing the block log", path_));
    }
    return {};
  }

  std::uint64_t size() const override { return size_; }

  Status truncate(std::uint64_t size) override {
    if (::ftruncate(fd_, static_cast<off_t>(size)) != 0 || ::fsync(fd_) != 0) {
      return tl::unexpected<Error>(io_error("cutting the torn end of the block log", path_));
    }
    size_ = size;
    return {};
  }

  Result<Bytes> read(std::uint64_t offset, std::uint64_t size) const override {
    if (offset > size_ || size > size_ - offset) {
      return fail(ErrorCode::corrupt,
                  fmt::format("{} ends before byte {}; restore it from a backup or start the chain "
                              "from a snapshot.", path_.string(), offset + size));
    }
    Bytes out(size);
    for (std::size_t done = 0; done < size;) {
      ssize_t n = ::pread(fd_, out.data() + done, size - done, static_cast<off_t>(offset + done));
      if (n < 0 && errno == EINTR) continue;
      if (n <= 0) return tl::unexpected<Error>(io_error("reading the block log", path_));
      done += static_cast<std::size_t>(n);
    }
    return out;
  }

 private:
  int fd_;
  std::uint64_t size_;
  fs::path path_;
};

class FileDisk final : public Disk {
 public:
  explicit FileDisk(fs::path folder) : folder_(std::move(folder)) {}

  Result<std::vector<std::string>> list() const override {
    std::vector<std::string> names;
    std::error_code error;
    for (const auto& item : fs::directory_iterator(folder_, error)) {
      names.push_back(item.path().filename().string());
    }
    if (error) {
      return fail(ErrorCode::io, fmt::format("{} cannot be listed: {}.", folder_.string(),
                                             error.message()));
    }
    std::sort(names.begin(), names.end());
    return names;
  }

  Result<std::unique_ptr<AppendFile>> open(const std::string& name) override {
    fs::path path = folder_ / name;
    int fd = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0644);
    if (fd < 0) return tl::unexpected<Error>(io_error("opening the block log", path));
    struct stat info {};
    if (::fstat(fd, &info) != 0) {
      ::close(fd);
      return tl::unexpected<Error>(io_error("opening the block log", path));
    }
    auto file = std::make_unique<PosixFile>(fd, static_cast<std::uint64_t>(info.st_size), path);
    TRY_STATUS(sync_folder(folder_));
    return file;
  }

 private:
  fs::path folder_;
};

}  // namespace

Result<std::unique_ptr<Disk>> open_file_disk(const std::filesystem::path& folder) {
  std::error_code error;
  fs::create_directories(folder, error);
  if (error) {
    return fail(ErrorCode::io, fmt::format("{} cannot be made: {}. Choose another --home.",
                                           folder.string(), error.message()));
  }
  return std::make_unique<FileDisk>(folder);
}

}  // namespace cambium::engine
