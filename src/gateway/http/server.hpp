// The HTTP/1.1 and WebSocket server. Beast and Asio stay behind this header.
#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <string>

#include "base/result.hpp"
#include "gateway/http/router.hpp"

namespace cambium::gateway {

struct ServerConfig {
  std::string address = "127.0.0.1";
  std::uint16_t port = 8080;  // 0 lets the system choose
  int io_threads = 1;
  int worker_threads = 4;              // handlers that wait for a commit or a database
  std::filesystem::path upload_dir;    // large bodies are spooled here
  std::uint64_t max_body_bytes = 4 << 20;
  std::uint64_t max_upload_bytes = 8ull << 30;
  PlainHandler fallback;               // for GETs that no route takes: the dashboard's files
};

class Server {
 public:
  /// Binds and starts serving. A port in use is an `io` error that names it.
  static Result<std::unique_ptr<Server>> start(ServerConfig config, Router router);
  /// Stops accepting, ends every connection and joins its threads.
  ~Server();
  std::uint16_t port() const;
  const Router& router() const;

 private:
  struct Impl;
  explicit Server(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace cambium::gateway
