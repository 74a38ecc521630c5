#include "acks_file.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cstdlib>

#include "base/durable_file.hpp"

namespace cambium::crash {

Result<std::unique_ptr<AckFile>> AckFile::open(const std::filesystem::path& path) {
  const int fd = ::open(path.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0644);
  if (fd < 0) return tl::unexpected<Error>(io_error("open", path));
  return std::unique_ptr<AckFile>(new AckFile(fd));
}

AckFile::~AckFile() { ::close(fd_); }

void AckFile::line(const std::string& text) {
  const std::string whole = text + "\n";
  if (::write(fd_, whole.data(), whole.size()) != static_cast<ssize_t>(whole.size())) std::abort();
}

}  // namespace cambium::crash
