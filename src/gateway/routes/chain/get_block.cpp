// GET /chain/{id}/blocks/{height}: one block with its signed header.
#include <charconv>

#include "gateway/routes/routes.hpp"

namespace cambium::gateway {
namespace {

Result<Height> height_of(const std::string& text) {
  Height height;
  const auto parsed = std::from_chars(text.data(), text.data() + text.size(), height.value);
  if (parsed.ec == std::errc{} && parsed.ptr == text.data() + text.size()) return height;
  return fail(ErrorCode::invalid_input, "a block is named by its height, a whole number");
}

}  // namespace

Route get_block(Services& services) {
  return {.method = Method::get,
          .pattern = "/chain/{id}/blocks/{height}",
          .summary = "One block: its header as signed, its transactions and events",
          .tag = "chain",
          .handler = json_handler([&services](const Request& request) -> Result<Json> {
            TRY(auto* const chain, chain_of(services.node, request));
            TRY(const auto height, height_of(request.params.at("height")));
            TRY(const auto block, chain->block(height));
            TRY(const auto rows, services.node.index().txs_of_block(chain->alias(), height));
            Json txs = Json::array();
            for (const auto& row : rows) txs.push_back(to_json(row));
            Json events = Json::array();
            for (const auto& event : block->end_events) events.push_back(to_json(event));
            return Json{{"hash", block->hash.hex()},
                        {"header", header_json(block->header)},
                        {"header_bytes", to_base64(as_bytes(block->signed_header.header()))},
                        {"signature", to_base64(as_bytes(block->signed_header.signature()))},
                        {"txs", txs},
                        {"events", events}};
          })};
}

}  // namespace cambium::gateway
