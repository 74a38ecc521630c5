// Routes as data: the server dispatches on them and OpenAPI is written from them.
#pragma once

#include <functional>
#include <memory>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <variant>
#include <vector>

#include "gateway/http/message.hpp"
#include "gateway/http/stream.hpp"

namespace cambium::gateway {

/// Answers at once. Runs on a worker thread and may block for a database or a commit.
using PlainHandler = std::function<Response(const Request&)>;

/// Starts a stream: either a refusal, or it keeps the stream and feeds it from its own threads.
using StreamHandler = std::function<std::optional<Response>(const Request&, StreamPtr)>;

/// One WebSocket: `send` is thread-safe; the returned object gets the client's messages in order
/// and is destroyed when the socket closes.
class SocketPeer {
 public:
  virtual ~SocketPeer() = default;
  virtual void on_message(std::string_view text) = 0;
};

/// A peer that ignores what it hears; for sockets that are refused with a message.
class SilentPeer final : public SocketPeer {
 public:
  void on_message(std::string_view) override {}
};
using SocketHandler = std::function<std::unique_ptr<SocketPeer>(const Request&, StreamPtr)>;

struct Route {
  Method method;
  std::string pattern;  // "/chain/{id}/txs/{hash}"
  std::string summary;
  std::string tag;
  std::string request_schema;   // JSON Schema of the body, as text; empty for none
  std::string response_schema;  // JSON Schema of the 200 body, as text; empty for any
  std::vector<std::pair<std::string, std::string>> query_help;  // name, meaning
  std::variant<PlainHandler, StreamHandler, SocketHandler> handler;
  enum class Body : std::uint8_t { memory, file } body = Body::memory;
};

class Router {
 public:
  explicit Router(std::vector<Route> routes);

  /// The route, with `request.params` filled in; null when none fits. `allowed` receives the
  /// methods that the path itself would take.
  const Route* find(Request& request, std::string* allowed = nullptr) const;
  const std::vector<Route>& routes() const { return routes_; }

 private:
  std::vector<Route> routes_;
  std::vector<std::vector<std::string>> segments_;
};

/// The OpenAPI 3.1 document of these routes.
nlohmann::ordered_json openapi(const Router& router, std::string_view version);

}  // namespace cambium::gateway
