#include "client/node_api.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace cambium::client {
namespace {

constexpr std::int64_t kPayloadTimeoutMs = 300'000;

ErrorCode code_of(const std::string& text, int status) {
  for (int i = 0; i <= static_cast<int>(ErrorCode::unsupported); ++i) {
    const auto code = static_cast<ErrorCode>(i);
    if (name(code) == text) return code;
  }
  if (status == 404) return ErrorCode::not_found;
  return status >= 500 ? ErrorCode::unavailable : ErrorCode::refused;
}

std::string sentence(std::string text) {
  if (text.empty()) return text;
  text[0] = static_cast<char>(std::toupper(static_cast<unsigned char>(text[0])));
  if (!text.ends_with('.') && !text.ends_with('?')) text += '.';
  return text;
}

std::string payload_path(const Hash& root) { return "/payloads/" + root.hex(); }

}  // namespace

Error error_of(const HttpReply& reply) {
  const Json body = Json::parse(reply.body, nullptr, false);
  const std::string detail = text_at(body, "detail");
  if (detail.empty()) {
    return {code_of("", reply.status),
            fmt::format("The node answered {} without saying why; is this the address of a "
                        "cambium node?", reply.status)};
  }
  const std::string next = text_at(body, "next_step");
  return {code_of(text_at(body, "code"), reply.status),
          sentence(detail) + (next.empty() ? "" : " " + sentence(next))};
}

Result<Json> NodeApi::exchange(const HttpRequest& request) const {
  TRY(const auto reply, http_.send(request));
  if (reply.status / 100 != 2) return tl::unexpected<Error>(error_of(reply));
  return parse_json(reply.body);
}

Result<Json> NodeApi::get(const std::string& path, const Arguments& arguments) const {
  return exchange({.target = with_query(path, arguments)});
}

Result<Json> NodeApi::post(const std::string& path, const Json& body, std::string once) const {
  return exchange({.method = "POST",
                   .target = path,
                   .body = body.dump(-1, ' ', false, Json::error_handler_t::replace),
                   .idempotency_key = std::move(once)});
}

Result<Json> NodeApi::model(const std::string& id) const {
  return get("/models/" + percent_encode(id));
}
Result<Json> NodeApi::evaluations(const std::string& id) const {
  return get("/models/" + percent_encode(id) + "/evaluations");
}
Result<Json> NodeApi::lineage(const std::string& id) const {
  return get("/models/" + percent_encode(id) + "/lineage");
}

Result<Bytes> NodeApi::payload(const Hash& root) const {
  TRY(const auto reply,
      http_.send({.target = payload_path(root), .timeout_ms = kPayloadTimeoutMs}));
  if (reply.status / 100 != 2) return tl::unexpected<Error>(error_of(reply));
  return to_bytes(reply.body);
}

Status NodeApi::put_payload(const Hash& root, ByteView content) const {
  TRY(const auto stored, exchange({.method = "PUT",
                                   .target = payload_path(root),
                                   .body = to_string(content),
                                   .content_type = "application/octet-stream",
                                   .timeout_ms = kPayloadTimeoutMs}));
  static_cast<void>(stored);
  return {};
}

}  // namespace cambium::client
