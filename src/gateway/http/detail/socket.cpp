// WebSocket connections: one reader, one writer, messages as lines of JSON.
#include <boost/beast/websocket.hpp>

#include "gateway/http/detail/session.hpp"

namespace cambium::gateway {
namespace {

using Socket = beast::websocket::stream<TcpStream>;

constexpr std::size_t kMaxMessageBytes = 1 << 20;

asio::awaitable<void> read_messages(Socket& socket, SocketPeer& peer) {
  beast::flat_buffer buffer;
  for (;;) {
    const auto size = co_await socket.async_read(buffer, asio::use_awaitable);
    peer.on_message({static_cast<const char*>(buffer.data().data()), size});
    buffer.consume(size);
  }
}

asio::awaitable<void> write_messages(Socket& socket, const StreamPtr& text, const Alarm& alarm) {
  while (!text->finished() && !text->closed()) {
    alarm->expires_after(std::chrono::seconds(15));
    auto ready = text->take();
    if (!ready) {
      if (co_await wait_alarm(alarm)) co_await socket.async_ping({}, asio::use_awaitable);
      continue;
    }
    std::string_view rest = *ready;
    while (!rest.empty()) {
      const auto line = rest.substr(0, rest.find('\n'));
      rest.remove_prefix(std::min(rest.size(), line.size() + 1));
      co_await socket.async_write(asio::buffer(line), asio::use_awaitable);
    }
  }
}

}  // namespace

asio::awaitable<void> serve_socket(TcpStream stream, http::request<http::empty_body> upgrade,
                                   Request request, const SocketHandler& handler) {
  using namespace asio::experimental::awaitable_operators;
  stream.expires_never();
  Socket socket(std::move(stream));
  socket.set_option(
      beast::websocket::stream_base::timeout::suggested(beast::role_type::server));
  socket.set_option(beast::websocket::stream_base::decorator(
      [](beast::websocket::response_type& head) { set_common_headers(head); }));
  socket.read_message_max(kMaxMessageBytes);
  const auto text = std::make_shared<TextStream>();
  try {
    co_await socket.async_accept(upgrade, asio::use_awaitable);
    const auto alarm = connect_alarm(socket.get_executor(), text);
    const auto peer = handler(request, text);
    co_await (read_messages(socket, *peer) || write_messages(socket, text, alarm));
  } catch (const boost::system::system_error&) {
    // Closed by the client, or lost; the producer learns of it below.
  }
  text->close();
}

}  // namespace cambium::gateway
