// HTTP/1.1 requests to one node. Beast and Asio stay behind this header; calls block.
#pragma once

#include <functional>
#include <stop_token>
#include <string>
#include <string_view>

#include "client/url.hpp"

namespace cambium::client {

struct HttpRequest {
  std::string method = "GET";
  std::string target;  // path and query, below the node's prefix
  std::string body = {};
  std::string content_type = "application/json";
  std::string idempotency_key = {};
  std::int64_t timeout_ms = 60'000;  // of silence
};

struct HttpReply {
  int status = 0;
  std::string content_type;
  std::string body;
};

/// Bytes as they arrive; false ends the request.
using OnBytes = std::function<bool(std::string_view)>;

class Http {
 public:
  /// `token` is sent as a bearer token where it is not empty.
  explicit Http(Url node, std::string token = {}, std::stop_token stop = {})
      : node_(std::move(node)), token_(std::move(token)), stop_(std::move(stop)) {}

  const Url& node() const { return node_; }
  /// Ends what is under way, and every later call, when `stop` is asked for.
  Http stopped_by(std::stop_token stop) const { return Http(node_, token_, std::move(stop)); }

  /// Any status is a reply. `unavailable` when no node answers, `timeout`, `cancelled`.
  Result<HttpReply> send(const HttpRequest& request) const;
  /// The same, a body of a 2xx status going to `on_bytes` as it comes instead of into the reply.
  Result<HttpReply> stream(const HttpRequest& request, const OnBytes& on_bytes) const;

 private:
  Url node_;
  std::string token_;
  std::stop_token stop_;
};

}  // namespace cambium::client
