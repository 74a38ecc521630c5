#include "gateway/http/server.hpp"

#include <fmt/format.h>

#include <thread>

#include "gateway/http/detail/session.hpp"

namespace cambium::gateway {
namespace {

asio::awaitable<void> guarded(TcpStream stream, Shared& shared) {
  try {
    co_await serve_connection(std::move(stream), shared);
  } catch (const boost::system::system_error&) {
    // The client left, sent garbage or was idle for too long; there is nobody to tell.
  }
}

asio::awaitable<void> accept_loop(Tcp::acceptor& acceptor, asio::io_context& io, Shared& shared) {
  for (;;) {
    error_code failed;
    auto strand = asio::make_strand(io);
    Tcp::socket socket(strand);
    co_await acceptor.async_accept(socket, asio::redirect_error(asio::use_awaitable, failed));
    if (failed == asio::error::operation_aborted) co_return;
    if (failed) continue;  // out of descriptors, or the client already left
    error_code ignored;
    socket.set_option(Tcp::no_delay(true), ignored);
    asio::co_spawn(strand, guarded(TcpStream(std::move(socket)), shared), asio::detached);
  }
}

}  // namespace

struct Server::Impl {
  Shared shared;
  asio::io_context io;
  Tcp::acceptor acceptor{io};
  std::vector<std::jthread> threads;
  std::uint16_t port = 0;

  Impl(ServerConfig config, Router router) : shared(std::move(config), std::move(router)) {}

  Status bind() {
    const auto& config = shared.config;
    const auto what = fmt::format("cannot listen on {}:{}", config.address, config.port);
    error_code failed;
    const auto address = asio::ip::make_address(config.address, failed);
    if (failed) {
      return fail(ErrorCode::invalid_input,
                  what + ": this is not an IP address; set gateway.address to one, e.g. 127.0.0.1");
    }
    const Tcp::endpoint endpoint(address, config.port);
    acceptor.open(endpoint.protocol(), failed);
    if (!failed) acceptor.set_option(asio::socket_base::reuse_address(true), failed);
    if (!failed) acceptor.bind(endpoint, failed);
    if (!failed) acceptor.listen(asio::socket_base::max_listen_connections, failed);
    if (failed == asio::error::address_in_use) {
      return fail(ErrorCode::io, what + ": another program uses this port; stop it, or choose "
                                        "another with --port or gateway.port");
    }
    if (failed) return fail(ErrorCode::io, what + ": " + failed.message());
    port = acceptor.local_endpoint().port();
    return {};
  }

  void run() {
    asio::co_spawn(io, accept_loop(acceptor, io, shared), asio::detached);
    for (int i = 0; i < shared.config.io_threads; ++i) {
      threads.emplace_back([this] { io.run(); });
    }
  }

  ~Impl() {
    io.stop();
    threads.clear();
    shared.workers.stop();
    shared.workers.join();
  }
};

Server::Server(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Server::~Server() = default;
std::uint16_t Server::port() const { return impl_->port; }
const Router& Server::router() const { return impl_->shared.router; }

Result<std::unique_ptr<Server>> Server::start(ServerConfig config, Router router) {
  auto impl = std::make_unique<Impl>(std::move(config), std::move(router));
  TRY_STATUS(impl->bind());
  impl->run();
  return std::unique_ptr<Server>(new Server(std::move(impl)));
}

}  // namespace cambium::gateway
