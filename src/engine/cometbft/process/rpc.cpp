#include "engine/cometbft/process/rpc.hpp"

#include <fmt/format.h>
#include <openssl/evp.h>

#include <nlohmann/json.hpp>

#include "client/http.hpp"

namespace cambium::engine {
namespace {

using Json = nlohmann::json;
constexpr std::int64_t kTimeoutMs = 10'000;

std::string said(const Json& error) {
  const auto text = [&](const char* key) {
    const auto found = error.find(key);
    return found != error.end() && found->is_string() ? found->get<std::string>() : std::string();
  };
  const std::string data = text("data");
  return data.empty() ? text("message") : data;
}

}  // namespace

std::string to_base64(ByteView bytes) {
  std::string text(4 * ((bytes.size() + 2) / 3) + 1, '\0');
  const int size = EVP_EncodeBlock(reinterpret_cast<unsigned char*>(text.data()), bytes.data(),
                                   static_cast<int>(bytes.size()));
  text.resize(static_cast<std::size_t>(size));
  return text;
}

std::optional<Bytes> from_base64(std::string_view text) {
  if (text.size() % 4 != 0) return std::nullopt;
  Bytes bytes(text.size() / 4 * 3);
  const int size = EVP_DecodeBlock(bytes.data(),
                                   reinterpret_cast<const unsigned char*>(text.data()),
                                   static_cast<int>(text.size()));
  if (size < 0) return std::nullopt;
  const std::size_t padding = text.ends_with("==") ? 2 : text.ends_with('=') ? 1 : 0;
  bytes.resize(static_cast<std::size_t>(size) - padding);
  return bytes;
}

Result<Json> CometRpc::call(const std::string& method, const Json& params) const {
  const Json request = {{"jsonrpc", "2.0"}, {"id", 1}, {"method", method}, {"params", params}};
  const client::Http http({"127.0.0.1", std::to_string(port_), ""});
  auto reply = http.send({.method = "POST", .target = "/", .body = request.dump(),
                          .timeout_ms = kTimeoutMs});
  if (!reply) {
    return fail(ErrorCode::unavailable, "The consensus engine does not answer; it may be starting. "
                                        "Try again in a moment, and look at logs/cometbft.log.");
  }
  const Json answer = Json::parse(reply->body, nullptr, false);
  if (!answer.is_object()) {
    return fail(ErrorCode::unavailable, "The consensus engine's answer is not JSON.");
  }
  if (const auto error = answer.find("error"); error != answer.end()) {
    return fail(ErrorCode::unavailable, fmt::format("CometBFT: {}", said(*error)));
  }
  const auto result = answer.find("result");
  if (result != answer.end()) return *result;
  return fail(ErrorCode::unavailable, "The consensus engine's answer holds no result.");
}

Result<CometRpc::Broadcast> CometRpc::broadcast(ByteView tx) const {
  const auto answer = call("broadcast_tx_sync", {{"tx", to_base64(tx)}});
  if (!answer) {
    const bool there = answer.error().message.find("already exists in cache") != std::string::npos;
    if (there) return Broadcast{};
    return tl::unexpected<Error>(answer.error());
  }
  Broadcast out;
  if (const auto code = answer->find("code"); code != answer->end() && code->is_number()) {
    out.code = code->get<std::uint32_t>();
  }
  if (const auto log = answer->find("log"); log != answer->end() && log->is_string()) {
    out.log = log->get<std::string>();
  }
  return out;
}

}  // namespace cambium::engine
