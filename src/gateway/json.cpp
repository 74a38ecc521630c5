#include "gateway/json.hpp"

#include <fmt/format.h>
#include <openssl/evp.h>

#include <charconv>

#include "chain/status.hpp"

namespace cambium::gateway {
namespace {

constexpr std::size_t kDefaultPage = 20;
constexpr std::size_t kMaxPage = 100;

tl::unexpected<Error> wrong_field(const char* key, std::string_view kind) {
  return fail(ErrorCode::invalid_input, fmt::format("the field \"{}\" must be {}", key, kind));
}

}  // namespace

Response ok(const Json& body) {
  Response response;
  response.body = body.dump(-1, ' ', false, Json::error_handler_t::replace);
  return response;
}

Result<Json> parse_json(std::string_view text) {
  try {
    auto json = Json::parse(text);
    if (!json.is_object()) {
      return fail(ErrorCode::invalid_input, "the body must be one JSON object");
    }
    return json;
  } catch (const Json::parse_error& error) {
    return fail(ErrorCode::invalid_input,
                fmt::format("the body is not JSON: it stops making sense at byte {}", error.byte));
  }
}

Result<std::string> text_field(const Json& object, const char* key) {
  const auto found = object.find(key);
  if (found == object.end() || !found->is_string()) return wrong_field(key, "a string");
  return found->get<std::string>();
}

Result<std::int64_t> whole_field(const Json& object, const char* key, std::int64_t fallback) {
  const auto found = object.find(key);
  if (found == object.end() || found->is_null()) return fallback;
  if (!found->is_number_integer()) return wrong_field(key, "a whole number");
  return found->get<std::int64_t>();
}

Result<double> real_field(const Json& object, const char* key, double fallback) {
  const auto found = object.find(key);
  if (found == object.end() || found->is_null()) return fallback;
  if (!found->is_number()) return wrong_field(key, "a number");
  return found->get<double>();
}

engine::PageRequest page_of(const Request& request) {
  engine::PageRequest page{request.query_or("before", ""), kDefaultPage};
  const auto limit = request.query_or("limit", "");
  std::size_t value = 0;
  const auto parsed = std::from_chars(limit.data(), limit.data() + limit.size(), value);
  if (parsed.ec == std::errc{} && value > 0) page.limit = std::min(value, kMaxPage);
  return page;
}

std::string to_base64(ByteView bytes) {
  std::string text(4 * ((bytes.size() + 2) / 3) + 1, '\0');
  const int size = EVP_EncodeBlock(reinterpret_cast<unsigned char*>(text.data()), bytes.data(),
                                   int(bytes.size()));
  text.resize(std::size_t(size));
  return text;
}

std::optional<Bytes> from_base64(std::string_view text) {
  if (text.size() % 4 != 0) return std::nullopt;
  Bytes bytes(text.size() / 4 * 3);
  const auto* data = reinterpret_cast<const unsigned char*>(text.data());
  const int size = EVP_DecodeBlock(bytes.data(), data, int(text.size()));
  if (size < 0) return std::nullopt;
  const std::size_t padding = text.ends_with("==") ? 2 : text.ends_with('=') ? 1 : 0;
  bytes.resize(std::size_t(size) - padding);
  return bytes;
}

Json to_json(const engine::BlockRow& row) {
  return {{"height", row.height.value},        {"hash", row.hash.hex()},
          {"time_ms", row.time.value},         {"tx_count", row.tx_count},
          {"state_root", row.state_root.hex()}, {"proposer", row.proposer.text()}};
}

Json to_json(const engine::TxRow& row) {
  const auto status = static_cast<chain::TxStatus>(row.status);
  return {{"hash", row.id.hex()},
          {"height", row.height.value},
          {"index", row.index},
          {"time_ms", row.time.value},
          {"status", row.status},
          {"status_name", chain::name(status)},
          {"msgs", row.messages},
          {"signer", row.signer},
          {"fee_ucbm", std::to_string(row.fee_ucbm)},
          {"gas_used", row.gas_used}};
}

Json header_json(const chain::v1::Header& header) {
  const auto hex = [](const std::string& bytes) { return to_hex(as_bytes(bytes)); };
  return {{"chain_id", header.chain_id()},
          {"height", header.height()},
          {"time_ms", header.time_ms()},
          {"prev_hash", hex(header.prev_hash())},
          {"state_root", hex(header.state_root())},
          {"tx_root", hex(header.tx_root())},
          {"results_root", hex(header.results_root())},
          {"proposer", hex(header.proposer().bytes())}};
}

Json to_json(const engine::ProvenValue& proven) {
  chain::v1::Header header;
  header.ParseFromString(proven.header.header());
  return {{"key", to_hex(proven.key)},
          {"value", proven.value ? Json(to_base64(*proven.value)) : Json()},
          {"height", proven.height.value},
          {"state_root", proven.root.hex()},
          {"proof", {{"ics23", to_base64(proven.proof)}}},
          {"header", header_json(header)},
          {"header_bytes", to_base64(as_bytes(proven.header.header()))},
          {"signature", to_base64(as_bytes(proven.header.signature()))},
          {"operator_key", to_hex(proven.operator_key.bytes)},
          {"light_block",
           proven.light_block.empty() ? Json() : Json(to_base64(proven.light_block))}};
}

Json to_json(const chain::v1::Event& event) {
  Json attributes = Json::object();
  for (const auto& attribute : event.attributes()) attributes[attribute.key()] = attribute.value();
  return {{"type", event.type()}, {"attributes", attributes}};
}

Result<engine::Engine*> chain_of(node::Node& node, const Request& request) {
  const auto& id = request.params.at("id");
  if (auto* chain = node.chain(id)) return chain;
  std::string known;
  for (auto* chain : node.chains()) known += (known.empty() ? "" : ", ") + chain->alias();
  return fail(ErrorCode::not_found, fmt::format("there is no chain {}; there are {}", id, known));
}

}  // namespace cambium::gateway
