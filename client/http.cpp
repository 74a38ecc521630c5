#include "client/http.hpp"

#include <fmt/format.h>

#include <boost/asio/connect.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>

namespace cambium::client {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = boost::beast::http;
using boost::system::error_code;

constexpr auto kConnectTimeout = std::chrono::seconds(5);
constexpr auto kPoll = std::chrono::milliseconds(50);  // between looks at the stop token
constexpr std::size_t kChunk = 64 * 1024;
constexpr std::uint64_t kMostBytes = std::uint64_t{8} << 30;

/// One connection for one exchange, driven by the calling thread.
class Exchange {
 public:
  Exchange(const Url& node, std::stop_token stop) : node_(node), stop_(std::move(stop)) {}

  Status connect() {
    asio::ip::tcp::resolver resolver(context_);
    error_code failed;
    const auto found = resolver.resolve(node_.host, node_.port, failed);
    if (failed) return unreachable(failed.message());
    stream_.expires_after(kConnectTimeout);
    TRY_STATUS(finish([&](auto done) {
      stream_.async_connect(found, [done](error_code e, const auto&) { done(e); });
    }));
    return failed_ ? unreachable(failed_.message()) : Status();
  }

  Status write(const HttpRequest& request, const std::string& token) {
    http::request<http::string_body> message(
        http::string_to_verb(request.method), node_.prefix + request.target, 11);
    message.set(http::field::host, node_.host + ":" + node_.port);
    message.set(http::field::user_agent, "cambium");
    message.set(http::field::connection, "close");
    if (!token.empty()) message.set(http::field::authorization, "Bearer " + token);
    if (!request.idempotency_key.empty()) {
      message.set("Idempotency-Key", request.idempotency_key);
    }
    if (request.method != "GET") {
      message.set(http::field::content_type, request.content_type);
      message.body() = request.body;
      message.prepare_payload();
    }
    stream_.expires_after(std::chrono::milliseconds(request.timeout_ms));
    TRY_STATUS(finish([&](auto done) {
      http::async_write(stream_, message, [done](error_code e, std::size_t) { done(e); });
    }));
    return check("sending to");
  }

  Result<HttpReply> read(const HttpRequest& request, const OnBytes& on_bytes) {
    const auto silence = std::chrono::milliseconds(request.timeout_ms);
    parser_.body_limit(kMostBytes);
    stream_.expires_after(silence);
    TRY_STATUS(finish([&](auto done) {
      http::async_read_header(stream_, buffer_, parser_,
                              [done](error_code e, std::size_t) { done(e); });
    }));
    TRY_STATUS(check("reading from"));
    HttpReply reply;
    reply.status = static_cast<int>(parser_.get().result_int());
    reply.content_type = std::string(parser_.get()[http::field::content_type]);
    const bool streamed = on_bytes && reply.status / 100 == 2;
    std::string chunk(kChunk, '\0');
    while (!parser_.is_done()) {
      auto& body = parser_.get().body();
      body.data = chunk.data();
      body.size = chunk.size();
      stream_.expires_after(silence);
      TRY_STATUS(finish([&](auto done) {
        http::async_read_some(stream_, buffer_, parser_,
                              [done](error_code e, std::size_t) { done(e); });
      }));
      if (failed_ == http::error::need_buffer) failed_ = {};
      TRY_STATUS(check("reading from"));
      const std::string_view got(chunk.data(), chunk.size() - body.size);
      if (!streamed) {
        reply.body += got;
      } else if (!got.empty() && !on_bytes(got)) {
        return reply;  // the connection closes with this object
      }
    }
    return reply;
  }

 private:
  /// Starts one operation and runs it to its end, or cancels it when asked to stop.
  template <class Start>
  Status finish(Start start) {
    bool over = false;
    start([this, &over](error_code e) {
      failed_ = e;
      over = true;
    });
    context_.restart();
    while (!over) {
      if (stop_.stop_requested()) {
        stream_.cancel();
        context_.run();
        return fail(ErrorCode::cancelled, "Stopped as asked.");
      }
      context_.run_for(kPoll);
    }
    return {};
  }

  Status check(std::string_view doing) const {
    if (!failed_) return {};
    if (failed_ == beast::error::timeout) {
      return fail(ErrorCode::timeout,
                  fmt::format("The node at {} did not answer in time; try again, and look at its "
                              "log if it lasts.", node_.text()));
    }
    return fail(ErrorCode::unavailable,
                fmt::format("{} {} broke off: {}. Is the node still running?", doing,
                            node_.text(), failed_.message()));
  }

  Status unreachable(const std::string& why) const {
    return fail(ErrorCode::unavailable,
                fmt::format("No node answers at {} ({}). Start one with `cambium up`, or name "
                            "another with --node URL.", node_.text(), why));
  }

  const Url& node_;
  std::stop_token stop_;
  asio::io_context context_{1};
  beast::tcp_stream stream_{context_};
  beast::flat_buffer buffer_;
  http::response_parser<http::buffer_body> parser_;
  error_code failed_;
};

}  // namespace

Result<HttpReply> Http::send(const HttpRequest& request) const { return stream(request, {}); }

Result<HttpReply> Http::stream(const HttpRequest& request, const OnBytes& on_bytes) const {
  Exchange exchange(node_, stop_);
  TRY_STATUS(exchange.connect());
  TRY_STATUS(exchange.write(request, token_));
  return exchange.read(request, on_bytes);
}

}  // namespace cambium::client
