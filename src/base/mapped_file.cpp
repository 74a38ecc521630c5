#include "base/mapped_file.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <fstream>
#include <vector>

namespace cambium {
namespace {

tl::unexpected<Error> refused(const std::filesystem::path& path) {
  const auto code = errno == ENOENT ? ErrorCode::not_found : ErrorCode::io;
  return fail(code, fmt::format("Cannot map {}: {}; check the path and its permissions.",
                                path.string(), std::strerror(errno)));
}

}  // namespace

Result<MappedFile> MappedFile::open(const std::filesystem::path& path) {
  const int fd = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (fd < 0) return refused(path);
  struct stat info{};
  if (::fstat(fd, &info) != 0 || info.st_size == 0) {
    const bool empty = info.st_size == 0;
    ::close(fd);
    if (empty) return MappedFile(ByteView{});
    return refused(path);
  }
  const auto size = static_cast<std::size_t>(info.st_size);
  void* at = ::mmap(nullptr, size, PROT_READ, MAP_SHARED, fd, 0);
  ::close(fd);
  if (at == MAP_FAILED) return refused(path);
  return MappedFile(ByteView(static_cast<const std::uint8_t*>(at), size));
}

MappedFile::~MappedFile() {
  if (!bytes_.empty()) ::munmap(const_cast<std::uint8_t*>(bytes_.data()), bytes_.size());
}

void MappedFile::prefetch(std::uint64_t offset, std::uint64_t size) const {
  const auto page = static_cast<std::uint64_t>(::sysconf(_SC_PAGESIZE));
  if (offset >= bytes_.size() || size == 0) return;
  const auto start = offset / page * page;
  const auto end = std::min<std::uint64_t>(bytes_.size(), offset + size);
  ::madvise(const_cast<std::uint8_t*>(bytes_.data()) + start, end - start, MADV_WILLNEED);
}

Result<std::uint64_t> resident_pages(ByteView range) {
  const auto page = static_cast<std::uint64_t>(::sysconf(_SC_PAGESIZE));
  const auto start = reinterpret_cast<std::uintptr_t>(range.data());
  const auto first = start / page;
  const auto last = (start + range.size() + page - 1) / page;
  std::vector<std::uint64_t> entries(last - first);
  const auto bytes = entries.size() * sizeof(std::uint64_t);
  // Plain reads, since the kernel refuses the odd sizes that a stream's buffer asks for.
  const int fd = ::open("/proc/self/pagemap", O_RDONLY | O_CLOEXEC);
  const auto got = ::pread(fd, entries.data(), bytes,
                           static_cast<off_t>(first * sizeof(std::uint64_t)));
  if (fd >= 0) ::close(fd);
  if (got != static_cast<ssize_t>(bytes)) {
    return fail(ErrorCode::unsupported,
                "Cannot read /proc/self/pagemap to count pages; it needs Linux with /proc.");
  }
  std::uint64_t present = 0;
  for (const auto entry : entries) present += entry >> 63;  // bit 63: page present
  return present;
}

Result<std::uint64_t> private_resident_bytes() {
  std::ifstream rollup("/proc/self/smaps_rollup");
  std::string line;
  std::uint64_t kib = 0;
  bool found = false;
  while (std::getline(rollup, line)) {
    // Private_Clean would count file pages that only this process maps: those are no copies.
    if (!line.starts_with("Anonymous:")) continue;
    kib = std::stoull(line.substr(line.find_first_of("0123456789")));
    found = true;
  }
  if (!found) {
    return fail(ErrorCode::unsupported,
                "Cannot read /proc/self/smaps_rollup to count memory; it needs Linux with /proc.");
  }
  return kib * 1024;
}

}  // namespace cambium
