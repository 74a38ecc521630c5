#include "engine/cometbft/abci/server.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "base/durable_file.hpp"
#include "base/log.hpp"

namespace cambium::engine::abci {
namespace {

constexpr std::size_t kReadBytes = 1u << 20;
constexpr int kBacklog = 16;

bool write_all(int fd, std::string& bytes) {
  std::size_t done = 0;
  while (done < bytes.size()) {
    const auto n = ::send(fd, bytes.data() + done, bytes.size() - done, MSG_NOSIGNAL);
    if (n < 0 && errno == EINTR) continue;
    if (n <= 0) return false;
    done += static_cast<std::size_t>(n);
  }
  bytes.clear();
  return true;
}

// A socket's name holds 107 bytes, and homes may lie deeper: the folder is named by a descriptor.
Result<sockaddr_un> name_of(const std::filesystem::path& socket, int folder) {
  const auto name = fmt::format("/proc/self/fd/{}/{}", folder, socket.filename().string());
  sockaddr_un out{};
  out.sun_family = AF_UNIX;
  if (name.size() >= sizeof out.sun_path) {
    return fail(ErrorCode::invalid_input, fmt::format("{} is no usable socket name.", name));
  }
  std::memcpy(out.sun_path, name.c_str(), name.size() + 1);
  return out;
}

}  // namespace

Result<std::unique_ptr<Server>> Server::listen(const std::filesystem::path& socket,
                                               Application& app) {
  const int folder = ::open(socket.parent_path().c_str(), O_PATH | O_DIRECTORY | O_CLOEXEC);
  if (folder < 0) return tl::unexpected<Error>(io_error("opening the socket's folder", socket));
  auto address = name_of(socket, folder);
  const int fd = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
  ::unlink(socket.c_str());
  const bool bound = address && fd >= 0 &&
                     ::bind(fd, reinterpret_cast<sockaddr*>(&*address), sizeof *address) == 0 &&
                     ::listen(fd, kBacklog) == 0;
  const Error problem = io_error("listening on the consensus socket", socket);
  ::close(folder);
  if (!bound) {
    if (fd >= 0) ::close(fd);
    return tl::unexpected<Error>(problem);
  }
  std::unique_ptr<Server> server(new Server(fd, app));
  server->acceptor_ = std::thread([raw = server.get()] { raw->accept_all(); });
  return server;
}

Server::~Server() {
  {
    std::lock_guard lock(mutex_);
    closing_ = true;
    for (auto& connection : connections_) ::shutdown(connection.fd, SHUT_RDWR);
  }
  ::shutdown(listener_, SHUT_RDWR);
  acceptor_.join();
  for (auto& connection : connections_) {
    connection.thread.join();
    ::close(connection.fd);
  }
  ::close(listener_);
}

void Server::accept_all() {
  for (;;) {
    const int fd = ::accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
    if (fd < 0 && errno == EINTR) continue;
    if (fd < 0) return;
    reap();
    std::lock_guard lock(mutex_);
    if (closing_) {
      ::close(fd);
      return;
    }
    auto& connection = connections_.emplace_back();
    connection.fd = fd;
    connection.thread = std::thread([this, &connection] { serve(connection); });
  }
}

// Connections that ended: CometBFT was restarted and has dialled again.
void Server::reap() {
  std::list<Connection> over;
  {
    std::lock_guard lock(mutex_);
    for (auto it = connections_.begin(); it != connections_.end();) {
      const auto next = std::next(it);
      if (it->over) over.splice(over.end(), connections_, it);
      it = next;
    }
  }
  for (auto& connection : over) {
    connection.thread.join();
    ::close(connection.fd);
  }
}

void Server::serve(Connection& connection) {
  FrameReader reader;
  std::string out;
  std::string bytes(kReadBytes, '\0');
  for (;;) {
    const auto n = ::recv(connection.fd, bytes.data(), bytes.size(), 0);
    if (n < 0 && errno == EINTR) continue;
    if (n <= 0) break;
    reader.feed(std::string_view(bytes).substr(0, static_cast<std::size_t>(n)));
    if (!answer(connection.fd, reader, out)) break;
  }
  ::shutdown(connection.fd, SHUT_RDWR);
  std::lock_guard lock(mutex_);
  connection.over = true;
}

/// Answers every whole request; replies are sent when the other end asks for them by a flush.
bool Server::answer(int fd, FrameReader& reader, std::string& out) {
  for (;;) {
    auto request = reader.next();
    if (!request) {
      spdlog::error("consensus socket: {}", request.error().message);
      return false;
    }
    if (!*request) return out.size() < kReadBytes || write_all(fd, out);
    append_frame(out, app_.handle(**request));
    if ((*request)->has_flush() && !write_all(fd, out)) return false;
  }
}

}  // namespace cambium::engine::abci
