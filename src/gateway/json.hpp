// JSON replies, and the JSON forms that several endpoints share.
#pragma once

#include <nlohmann/json.hpp>

#include "engine/engine.hpp"
#include "engine/index.hpp"
#include "gateway/http/problem.hpp"
#include "node/node.hpp"

namespace cambium::gateway {

using Json = nlohmann::ordered_json;

Response ok(const Json& body);

/// The parsed body; an `invalid_input` that says where parsing stopped.
Result<Json> parse_json(std::string_view text);

/// One field of a JSON object by type; `invalid_input` names the field and what it should be.
Result<std::string> text_field(const Json& object, const char* key);
Result<std::int64_t> whole_field(const Json& object, const char* key, std::int64_t fallback);
Result<double> real_field(const Json& object, const char* key, double fallback);

/// ?limit= and ?before=, with the limit held within 1..100.
engine::PageRequest page_of(const Request& request);

template <class Row, class ToJson>
Json page_json(const engine::Page<Row>& page, ToJson to_json) {
  Json items = Json::array();
  for (const auto& row : page.items) items.push_back(to_json(row));
  return {{"items", items}, {"next", page.next.empty() ? Json() : Json(page.next)}};
}

std::string to_base64(ByteView bytes);
std::optional<Bytes> from_base64(std::string_view text);

Json to_json(const engine::BlockRow& row);
Json to_json(const engine::TxRow& row);
Json header_json(const chain::v1::Header& header);
/// The proof, the signed header it leads to and who signed, as /chain/{id}/state answers it.
Json to_json(const engine::ProvenValue& proven);
Json to_json(const chain::v1::Event& event);

/// The chain of a request's {id}; `not_found` names the chains there are.
Result<engine::Engine*> chain_of(node::Node& node, const Request& request);

}  // namespace cambium::gateway
