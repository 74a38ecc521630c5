// One connection: reads requests, runs their handlers, writes replies.
#pragma once

#include "gateway/http/detail/asio.hpp"
#include "gateway/http/server.hpp"

namespace cambium::gateway {

/// What every connection shares; it outlives them all.
struct Shared {
  ServerConfig config;
  Router router;
  asio::thread_pool workers;

  Shared(ServerConfig c, Router r)
      : config(std::move(c)), router(std::move(r)), workers(config.worker_threads) {}
};

/// Serves requests until the client leaves, an error or the idle timeout.
asio::awaitable<void> serve_connection(TcpStream stream, Shared& shared);

/// Sends a text/event-stream fed by `text` until it finishes or the client goes away.
asio::awaitable<void> write_events(TcpStream& stream, StreamPtr text);

/// Takes over the connection as a WebSocket.
asio::awaitable<void> serve_socket(TcpStream stream, http::request<http::empty_body> upgrade,
                                   Request request, const SocketHandler& handler);

/// Headers that every reply carries.
void set_common_headers(http::fields& fields);

/// Wakes a coroutine on `timer`'s executor whenever `text` has something new.
using Alarm = std::shared_ptr<asio::steady_timer>;
Alarm connect_alarm(const asio::any_io_executor& executor, const StreamPtr& text);

/// Waits for the alarm, at most until the heartbeat is due; true when the heartbeat is due.
asio::awaitable<bool> wait_alarm(Alarm alarm);

}  // namespace cambium::gateway
