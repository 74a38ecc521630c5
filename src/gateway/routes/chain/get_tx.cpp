// GET /chain/{id}/txs/{hash}: messages, events and what it changed in the state.
#include <fmt/format.h>

#include "chain/pipeline.hpp"
#include "gateway/routes/routes.hpp"

namespace cambium::gateway {
namespace {

Json value_json(const chain::Registry& registry, ByteView key, const std::optional<Bytes>& value) {
  if (!value) return Json();
  const auto text = chain::entry_to_json(registry, key, *value);
  return text ? Json::parse(*text, nullptr, false) : Json(to_base64(*value));
}

Json diff_json(const chain::Registry& registry, const state::Diff& diff) {
  Json list = Json::array();
  for (const auto& change : diff) {
    const auto entry = chain::describe_key(registry, change.key);
    list.push_back({{"key", to_hex(change.key)},
                    {"module", entry.module},
                    {"label", entry.label},
                    {"before", value_json(registry, change.key, change.before)},
                    {"after", value_json(registry, change.key, change.after)}});
  }
  return list;
}

Result<Json> tx_json(Services& services, engine::Engine& chain, const TxId& id) {
  TRY(const auto row, services.node.index().tx(chain.alias(), id));
  TRY(const auto block, chain.block(row.height));
  if (row.index >= block->txs.size()) {
    return fail(ErrorCode::corrupt, "the index names a transaction its block lacks; delete "
                                    "index.db and restart to rebuild it");
  }
  const auto& committed = block->txs[row.index];
  const auto decoded = chain::decode_tx(chain.registry(), chain.chain_id(), committed.raw);
  if (!decoded) return fail(ErrorCode::corrupt, "a committed transaction does not decode");
  const auto& tx = **decoded;
  Json json = to_json(row);
  json["memo"] = tx.body.memo();
  json["nonce"] = tx.body.nonce();
  json["messages"] = Json::array();
  for (std::size_t i = 0; i < tx.messages.size(); ++i) {
    json["messages"].push_back(
        {{"type", i < row.messages.size() ? row.messages[i] : ""},
         {"value", Json::parse(chain::msg_to_json(*tx.messages[i]), nullptr, false)}});
  }
  json["events"] = Json::array();
  for (const auto& event : committed.result.events()) json["events"].push_back(to_json(event));
  json["diff"] = diff_json(chain.registry(), committed.diff);
  json["failed_message"] = committed.result.failed_message();
  return json;
}

}  // namespace

Route get_tx(Services& services) {
  return {.method = Method::get,
          .pattern = "/chain/{id}/txs/{hash}",
          .summary = "One transaction: messages, events and its changes to the state",
          .tag = "chain",
          .handler = json_handler([&services](const Request& request) -> Result<Json> {
            TRY(auto* const chain, chain_of(services.node, request));
            const auto id = TxId::from_hex(request.params.at("hash"));
            if (!id) {
              return fail(ErrorCode::invalid_input,
                          "a transaction is named by 64 hexadecimal digits");
            }
            return tx_json(services, *chain, *id);
          })};
}

}  // namespace cambium::gateway
