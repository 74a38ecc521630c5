// Checks of the machine.
#include <arpa/inet.h>
#include <fmt/format.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cstring>
#include <fstream>

#include "cli/doctor/checks.hpp"

namespace cambium::cli {
namespace {

using enum Finding::Kind;

constexpr double kDiskGb = 2;    // datasets, model, chains of a full run, with room to grow
constexpr double kMemoryGb = 3;  // training the full model
constexpr std::int64_t kEarliestMs = 1'735'689'600'000;  // 2025-01-01: before this program

std::filesystem::path existing_part(std::filesystem::path path) {
  std::error_code error;
  while (!std::filesystem::exists(path, error) && path.has_parent_path() &&
         path != path.parent_path()) {
    path = path.parent_path();
  }
  return path;
}

}  // namespace

Finding check_disk(const std::filesystem::path& home) {
  std::error_code error;
  const auto space = std::filesystem::space(existing_part(home), error);
  if (error) {
    return {"disk", bad, fmt::format("{} cannot be looked at: {}", home.string(), error.message()),
            "Choose another folder with --home."};
  }
  const double free = static_cast<double>(space.available) / 1e9;
  const std::string detail = fmt::format("{:.1f} GB free for {}", free, home.string());
  if (free >= kDiskGb) return {"disk", good, detail};
  return {"disk", bad, detail,
          fmt::format("Make room: a full run takes about {:.0f} GB.", kDiskGb)};
}

Finding check_memory() {
  std::ifstream in("/proc/meminfo");
  double gb = 0;
  for (std::string key, rest; in >> key && std::getline(in, rest);) {
    if (key == "MemAvailable:") gb = std::strtod(rest.c_str(), nullptr) / 1e6;
  }
  const std::string detail = fmt::format("{:.1f} GB available", gb);
  if (gb >= kMemoryGb) return {"memory", good, detail};
  return {"memory", note, detail, "Close other programs, or use `cambium up --quick`."};
}

Finding check_clock(const Clock& clock) {
  const auto now = clock.now().value;
  if (now >= kEarliestMs) return {"clock", good, "the date is plausible"};
  return {"clock", bad, "the machine's date lies before this program was written",
          "Set the clock: block times come from it."};
}

Finding check_port(const std::string& address, std::uint16_t port) {
  const std::string what = fmt::format("port {}", port);
  if (port == 0) return {what, good, "the system will choose one"};
  const int fd = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  const int on = 1;
  ::setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
  sockaddr_in where{};
  where.sin_family = AF_INET;
  where.sin_port = htons(port);
  ::inet_pton(AF_INET, address.c_str(), &where.sin_addr);
  const bool bound = ::bind(fd, reinterpret_cast<sockaddr*>(&where), sizeof where) == 0;
  const std::string why = std::strerror(errno);
  ::close(fd);
  if (bound) return {what, good, fmt::format("free on {}", address)};
  return {what, note, fmt::format("not free on {}: {}", address, why),
          "If it is not your own node that listens there, choose another with --port."};
}

}  // namespace cambium::cli
