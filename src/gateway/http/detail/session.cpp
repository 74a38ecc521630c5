#include "gateway/http/detail/session.hpp"

#include <fmt/format.h>

#include <atomic>

#include "gateway/http/problem.hpp"
#include "gateway/http/url.hpp"

namespace cambium::gateway {
namespace {

constexpr auto kIdleTimeout = std::chrono::seconds(60);
constexpr auto kBodyTimeout = std::chrono::minutes(10);
constexpr std::size_t kFilePieceBytes = 1 << 20;

using HeadParser = http::request_parser<http::empty_body>;
using Head = http::request<http::empty_body>;

Method method_of(http::verb verb) {
  switch (verb) {
    case http::verb::get:
    case http::verb::head: return Method::get;
    case http::verb::post: return Method::post;
    case http::verb::put: return Method::put;
    case http::verb::delete_: return Method::del;
    default: return Method::other;
  }
}

std::string next_request_id() {
  static std::atomic<std::uint64_t> counter{0};
  const auto now = std::chrono::system_clock::now().time_since_epoch().count();
  return fmt::format("{:x}-{:x}", now, counter.fetch_add(1));
}

std::optional<Request> to_request(const Head& head, const TcpStream& stream) {
  const auto target = parse_target({head.target().data(), head.target().size()});
  if (!target) return std::nullopt;
  const auto field = [&](auto name) { return std::string(head[name]); };
  Request request;
  request.method = method_of(head.method());
  request.path = target->path;
  request.query = target->query;
  request.authorization = field(http::field::authorization);
  request.idempotency_key = field("Idempotency-Key");
  request.range = field(http::field::range);
  request.request_id = next_request_id();
  error_code ignored;
  request.peer = stream.socket().remote_endpoint(ignored).address().to_string();
  return request;
}

Response no_route(const Request& request, const std::string& allowed) {
  if (!allowed.empty()) {
    auto response = to_response(Problem{405, "method_not_allowed",
                                        fmt::format("{} does not take this method", request.path),
                                        "Use one of: " + allowed + "."});
    response.headers.emplace_back("Allow", allowed);
    return response;
  }
  return to_response(Problem{404, "no_such_endpoint", request.path + " is not an endpoint",
                             "/openapi.json lists the endpoints."});
}

template <class Body>
void finish_head(http::response<Body>& reply, const Response& response, const Request& request,
                 const Head& head) {
  reply.version(11);
  reply.result(unsigned(response.status));
  reply.keep_alive(head.keep_alive());
  reply.set(http::field::content_type, response.content_type);
  reply.set("X-Request-Id", request.request_id);
  set_common_headers(reply);
  for (const auto& [key, value] : response.headers) reply.set(key, value);
}

// Sends bytes of a file in pieces, so that a payload of any size needs little memory.
asio::awaitable<bool> write_file(TcpStream& stream, const Response& response,
                                 const Request& request, const Head& head) {
  beast::file file;
  error_code failed;
  file.open(response.file->path.c_str(), beast::file_mode::scan, failed);
  if (!failed) file.seek(response.file->offset, failed);
  if (failed) co_return false;
  http::response<http::empty_body> reply;
  finish_head(reply, response, request, head);
  reply.content_length(response.file->size);
  http::response_serializer<http::empty_body> serializer(reply);
  co_await http::async_write_header(stream, serializer, asio::use_awaitable);
  std::vector<char> piece(kFilePieceBytes);
  std::uint64_t left = head.method() == http::verb::head ? 0 : response.file->size;
  while (left > 0) {
    const auto want = std::size_t(std::min<std::uint64_t>(left, piece.size()));
    const auto got = file.read(piece.data(), want, failed);
    if (failed || got == 0) throw boost::system::system_error(asio::error::eof);
    stream.expires_after(kBodyTimeout);
    co_await asio::async_write(stream, asio::buffer(piece.data(), got), asio::use_awaitable);
    left -= got;
  }
  co_return true;
}

asio::awaitable<void> write_response(TcpStream& stream, Response response, const Request& request,
                                     const Head& head) {
  stream.expires_after(kBodyTimeout);
  if (response.file) {
    if (co_await write_file(stream, response, request, head)) co_return;
    response = to_response(Error{ErrorCode::io, "the file could not be read from disk"});
  }
  http::response<http::string_body> reply;
  finish_head(reply, response, request, head);
  reply.body() = std::move(response.body);
  reply.prepare_payload();
  if (head.method() == http::verb::head) reply.body().clear();
  co_await http::async_write(stream, reply, asio::use_awaitable);
}

// Reads the body into memory, or into a spool file for routes that take large ones.
asio::awaitable<std::optional<Response>> read_body(TcpStream& stream, beast::flat_buffer& buffer,
                                                   HeadParser& head, const Route& route,
                                                   Request& request, const ServerConfig& config) {
  stream.expires_after(kBodyTimeout);
  const auto limit =
      route.body == Route::Body::file ? config.max_upload_bytes : config.max_body_bytes;
  error_code failed;
  // The parser checks a declared length only while it reads the head, before the route is known.
  if (head.content_length().value_or(0) > limit) failed = http::error::body_limit;
  if (failed) {
    // refused below
  } else if (route.body == Route::Body::file) {
    request.body_file = config.upload_dir / ("upload-" + request.request_id);
    http::request_parser<http::file_body> parser(std::move(head));
    parser.body_limit(limit);
    parser.get().body().open(request.body_file.c_str(), beast::file_mode::write, failed);
    if (!failed) {
      co_await http::async_read(stream, buffer, parser,
                                asio::redirect_error(asio::use_awaitable, failed));
    }
  } else {
    http::request_parser<http::string_body> parser(std::move(head));
    parser.body_limit(limit);
    co_await http::async_read(stream, buffer, parser,
                              asio::redirect_error(asio::use_awaitable, failed));
    if (!failed) request.body = std::move(parser.get().body());
  }
  if (!failed) co_return std::nullopt;
  if (failed == http::error::body_limit) {
    co_return to_response(Problem{413, "body_too_large",
                                  fmt::format("{} takes at most {} bytes", request.path, limit),
                                  "Send less, or upload the payload with PUT /payloads."});
  }
  if (failed.category() == boost::system::generic_category() ||
      failed.category() == boost::system::system_category()) {
    co_return to_response(Error{ErrorCode::io, "the upload could not be stored: " +
                                                   failed.message()});
  }
  co_return to_response(
      Error{ErrorCode::invalid_input, "the request body is cut short or malformed"});
}

asio::awaitable<Response> on_worker(Shared& shared, const PlainHandler& handler,
                                    const Request& request) {
  // A coroutine of its own on the pool; awaited here, so the references outlive it.
  const auto run = [](const PlainHandler& call, const Request& with) -> asio::awaitable<Response> {
    try {
      co_return call(with);
    } catch (const std::exception& bug) {
      co_return to_response(Problem{500, "internal_error",
                                    fmt::format("the handler failed: {}", bug.what()),
                                    "Report this with the X-Request-Id."});
    }
  };
  co_return co_await asio::co_spawn(shared.workers.get_executor(), run(handler, request),
                                    asio::use_awaitable);
}

}  // namespace

void set_common_headers(http::fields& fields) {
  fields.set("X-Content-Type-Options", "nosniff");
  fields.set("X-Frame-Options", "DENY");
  fields.set("Referrer-Policy", "no-referrer");
  fields.set("Strict-Transport-Security", "max-age=31536000");
  fields.set("Content-Security-Policy",
             "default-src 'self'; img-src 'self' data:; style-src 'self' 'unsafe-inline'");
  fields.set("X-API-Version", "1");
}

asio::awaitable<void> serve_connection(TcpStream stream, Shared& shared) {
  beast::flat_buffer buffer;
  for (;;) {
    HeadParser parser;
    parser.body_limit(shared.config.max_upload_bytes);
    stream.expires_after(kIdleTimeout);
    co_await http::async_read_header(stream, buffer, parser, asio::use_awaitable);
    const Head head = parser.get();
    auto request = to_request(head, stream);
    if (!request) {
      Request unnamed;
      co_await write_response(
          stream, to_response(Error{ErrorCode::invalid_input, "the request target is malformed"}),
          unnamed, head);
      break;
    }
    std::string allowed;
    const Route* route = shared.router.find(*request, &allowed);
    if (head[http::field::expect] == "100-continue") {
      http::response<http::empty_body> go_on(http::status::continue_, 11);
      co_await http::async_write(stream, go_on, asio::use_awaitable);
    }
    if (!route) {
      const bool page = request->method == Method::get && allowed.empty() && shared.config.fallback;
      // Not a conditional expression: g++ 12 destroys its temporaries twice around co_await.
      Response response;
      if (page) {
        response = co_await on_worker(shared, shared.config.fallback, *request);
      } else {
        response = no_route(*request, allowed);
      }
      co_await write_response(stream, std::move(response), *request, head);
      if (!head.keep_alive() || !parser.is_done()) break;  // an unread body ends the connection
      continue;
    }
    if (const auto* socket = std::get_if<SocketHandler>(&route->handler)) {
      co_return co_await serve_socket(std::move(stream), head, std::move(*request), *socket);
    }
    auto refusal = co_await read_body(stream, buffer, parser, *route, *request, shared.config);
    if (refusal) {
      co_await write_response(stream, std::move(*refusal), *request, head);
      break;
    }
    if (const auto* streaming = std::get_if<StreamHandler>(&route->handler)) {
      const auto text = std::make_shared<TextStream>();
      const PlainHandler start = [&](const Request& r) {
        refusal = (*streaming)(r, text);
        return Response{};
      };
      const auto outcome = co_await on_worker(shared, start, *request);
      if (outcome.status != 200) refusal = outcome;
      if (!refusal) {
        co_await write_events(stream, text);
        break;
      }
      co_await write_response(stream, std::move(*refusal), *request, head);
    } else {
      auto response = co_await on_worker(shared, std::get<PlainHandler>(route->handler), *request);
      co_await write_response(stream, std::move(response), *request, head);
    }
    if (!request->body_file.empty()) {
      std::error_code ignored;
      std::filesystem::remove(request->body_file, ignored);
    }
    if (!head.keep_alive()) break;
  }
  error_code ignored;
  stream.socket().shutdown(Tcp::socket::shutdown_send, ignored);
}

}  // namespace cambium::gateway
