#include "node/localnet/join_checkpoints.hpp"

#include <fmt/format.h>

#include <charconv>
#include <nlohmann/json.hpp>

#include "client/http.hpp"
#include "engine/cometbft/process/rpc.hpp"
#include "engine/recovery/order.hpp"

namespace cambium::node {
namespace {

using Json = nlohmann::json;

/// The value under the keys, one below the other; null where there is none.
Json at(const Json& from, std::initializer_list<const char*> keys) {
  Json here = from;
  for (const char* key : keys) {
    if (!here.is_object() || !here.contains(key)) return {};
    here = Json(here[key]);
  }
  return here;
}

std::string text(const Json& value) {
  return value.is_string() ? value.get<std::string>() : value.is_number() ? value.dump() : "";
}

std::uint64_t whole(const Json& value) {
  const std::string digits = text(value);
  std::uint64_t out = 0;
  std::from_chars(digits.data(), digits.data() + digits.size(), out);
  return out;
}

/// The result of a call to CometBFT's interface; null where it does not come.
Json ask(const std::string& server, const std::string& target) {
  const auto url = client::parse_url(server);
  if (!url) return {};
  const auto reply = client::Http(*url).send({.target = target, .timeout_ms = 10'000});
  return reply ? at(Json::parse(reply->body, nullptr, false), {"result"}) : Json();
}

std::vector<engine::Checkpoint> checkpoints_of(const std::string& server) {
  const Json reply = ask(server, "/abci_query?path=%22governance/orders%22");
  const auto value = engine::from_base64(text(at(reply, {"response", "value"})));
  if (!value) return {};
  const Json list = at(Json::parse(as_chars(*value), nullptr, false), {"items"});
  std::vector<engine::Checkpoint> out;
  for (const Json& item : list.is_array() ? list : Json::array()) {
    const Json point = at(item, {"order", "action", "checkpoint"});
    const auto hash = Hash::from_hex(text(at(point, {"block_hash"})));
    if (hash) out.push_back({whole(at(item, {"act"})), {whole(at(point, {"height"}))}, *hash});
  }
  return out;
}

std::optional<engine::KnownBlock> block_of(const std::string& server, Height height) {
  const Json reply = ask(server, fmt::format("/commit?height={}", height.value));
  const auto hash = text(at(reply, {"signed_header", "commit", "block_id", "hash"}));
  const auto parsed = Hash::from_hex(hash);
  if (!parsed) return std::nullopt;
  return engine::KnownBlock{height, *parsed};
}

Status with(Status same, std::string_view what) {
  if (same) return same;
  Error error = std::move(same).error();
  error.message = fmt::format("{} is not joined to. {}", what, error.message);
  return tl::unexpected(std::move(error));
}

}  // namespace

Status agrees_with_checkpoints(const engine::StateSync& trust) {
  const auto trusted = Hash::from_hex(trust.trust_hash);
  for (const auto& server : trust.servers) {
    for (const auto& point : checkpoints_of(server)) {
      if (trusted) {
        TRY_STATUS(with(engine::agrees({point}, {{trust.trust_height}, *trusted}),
                        "What --trust names"));
      }
      if (const auto shown = block_of(server, point.height)) {
        TRY_STATUS(with(engine::agrees({point}, *shown), server));
      }
    }
  }
  return {};
}

}  // namespace cambium::node
