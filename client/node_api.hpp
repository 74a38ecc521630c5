// JSON endpoints of a node: a reply that is no success becomes an Error whose sentence says what
// to do next.
#pragma once

#include "base/ids.hpp"
#include "client/http.hpp"
#include "client/json.hpp"

namespace cambium::client {

using Arguments = std::map<std::string, std::string>;

/// The error of an RFC 9457 problem document, or of any other reply that is no success.
Error error_of(const HttpReply& reply);

class NodeApi {
 public:
  explicit NodeApi(Http http) : http_(std::move(http)) {}

  const Http& http() const { return http_; }
  std::string url() const { return http_.node().text(); }

  Result<Json> get(const std::string& path, const Arguments& arguments = {}) const;
  Result<Json> post(const std::string& path, const Json& body, std::string once = {}) const;

  /// Whether it runs, and its chains.
  Result<Json> health() const { return get("/health"); }
  /// Models with their slices.
  Result<Json> models() const { return get("/models"); }
  Result<Json> model(const std::string& id) const;
  Result<Json> evaluations(const std::string& id) const;
  Result<Json> lineage(const std::string& id) const;

  /// The bytes behind a content root, not checked against it.
  Result<Bytes> payload(const Hash& root) const;
  /// Stores bytes under their content root; the node checks them.
  Status put_payload(const Hash& root, ByteView content) const;

 private:
  Result<Json> exchange(const HttpRequest& request) const;

  Http http_;
};

}  // namespace cambium::client
