// Server-sent events and the alarm that connects a producer's thread to a connection.
#include <sys/socket.h>

#include "gateway/http/detail/session.hpp"

namespace cambium::gateway {
namespace {

// Proxies drop a silent connection after a minute or less.
constexpr auto kHeartbeat = std::chrono::seconds(15);

// True when the peer has closed its side; pipelined bytes do not count.
bool peer_left(Tcp::socket& socket) {
  char byte;
  const auto n = ::recv(socket.native_handle(), &byte, 1, MSG_PEEK | MSG_DONTWAIT);
  return n == 0 || (n < 0 && errno != EAGAIN && errno != EWOULDBLOCK);
}

void watch_for_hangup(TcpStream& stream, const StreamPtr& text, const Alarm& alarm) {
  stream.socket().async_wait(Tcp::socket::wait_read, [&stream, text, alarm](error_code failed) {
    if (failed == asio::error::operation_aborted) return;
    if (failed || peer_left(stream.socket())) {
      text->close();
      alarm->expires_at(asio::steady_timer::time_point::min());
    }
  });
}

asio::awaitable<void> pump(TcpStream& stream, const StreamPtr& text, const Alarm& alarm) {
  while (!text->finished()) {
    alarm->expires_after(kHeartbeat);
    if (auto ready = text->take()) {
      co_await asio::async_write(stream, http::make_chunk(asio::buffer(*ready)),
                                 asio::use_awaitable);
    } else if (text->closed()) {
      co_return;
    } else if (!text->finished() && co_await wait_alarm(alarm)) {
      static constexpr std::string_view kPing = ": ping\n\n";
      co_await asio::async_write(stream, http::make_chunk(asio::buffer(kPing)),
                                 asio::use_awaitable);
    }
  }
  co_await asio::async_write(stream, http::make_chunk_last(), asio::use_awaitable);
}

}  // namespace

Alarm connect_alarm(const asio::any_io_executor& executor, const StreamPtr& text) {
  auto alarm = std::make_shared<asio::steady_timer>(executor);
  alarm->expires_after(kHeartbeat);
  text->on_ready([executor, weak = std::weak_ptr(alarm)] {
    asio::post(executor, [weak] {
      if (auto timer = weak.lock()) timer->expires_at(asio::steady_timer::time_point::min());
    });
  });
  return alarm;
}

asio::awaitable<bool> wait_alarm(Alarm alarm) {
  const auto due = alarm->expiry();
  error_code ignored;
  co_await alarm->async_wait(asio::redirect_error(asio::use_awaitable, ignored));
  co_return !ignored && due == alarm->expiry() && due != asio::steady_timer::time_point::min();
}

asio::awaitable<void> write_events(TcpStream& stream, StreamPtr text) {
  stream.expires_never();
  http::response<http::empty_body> head(http::status::ok, 11);
  head.set(http::field::content_type, "text/event-stream");
  head.set(http::field::cache_control, "no-store");
  head.set("X-Accel-Buffering", "no");
  set_common_headers(head);
  head.chunked(true);
  http::response_serializer<http::empty_body> serializer(head);
  const auto alarm = connect_alarm(stream.get_executor(), text);
  try {
    co_await http::async_write_header(stream, serializer, asio::use_awaitable);
    watch_for_hangup(stream, text, alarm);
    co_await pump(stream, text, alarm);
  } catch (const boost::system::system_error&) {
    // The client went away; its producer learns of it below.
  }
  text->close();
  error_code ignored;
  stream.socket().cancel(ignored);
}

}  // namespace cambium::gateway
