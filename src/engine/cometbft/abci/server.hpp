// The socket end of ABCI 2.0: CometBFT dials it four times (info, snapshot, mempool, consensus) and
// sends requests that are answered in order on the connection they came by.
#pragma once

#include <filesystem>
#include <list>
#include <memory>
#include <mutex>
#include <thread>

#include "engine/cometbft/abci/frames.hpp"

namespace cambium::engine::abci {

/// What answers. Requests of one connection come one after another, those of different connections
/// at the same time.
class Application {
 public:
  virtual ~Application() = default;
  virtual Response handle(const Request& request) = 0;
};

class Server {
 public:
  /// Listens on a unix socket, replacing a stale one. Paths may be longer than socket names allow.
  static Result<std::unique_ptr<Server>> listen(const std::filesystem::path& socket,
                                                Application& app);
  /// Ends every connection, waiting for requests under way.
  ~Server();

 private:
  struct Connection {
    int fd = -1;
    bool over = false;  // guarded by the server's mutex
    std::thread thread;
  };

  Server(int fd, Application& app) : listener_(fd), app_(app) {}
  void accept_all();
  void serve(Connection& connection);
  bool answer(int fd, FrameReader& reader, std::string& out);
  void reap();

  int listener_;
  Application& app_;
  std::mutex mutex_;  // guards the next two
  std::list<Connection> connections_;
  bool closing_ = false;
  std::thread acceptor_;
};

}  // namespace cambium::engine::abci
