// GET /chain/{id}/state/{key}: a state entry or its absence, with proof and signed header.
#include "gateway/routes/routes.hpp"

namespace cambium::gateway {

Route get_state(Services& services) {
  return {.method = Method::get,
          .pattern = "/chain/{id}/state/{key}",
          .summary = "A state entry with its ICS-23 proof and the signed header it leads to",
          .tag = "chain",
          .handler = json_handler([&services](const Request& request) -> Result<Json> {
            TRY(auto* const chain, chain_of(services.node, request));
            const auto key = from_hex(request.params.at("key"));
            if (!key) return fail(ErrorCode::invalid_input, "a state key is hexadecimal");
            TRY(const auto proven, chain->prove(*key));
            auto json = to_json(proven);
            const auto entry = chain::describe_key(chain->registry(), *key);
            json["module"] = entry.module;
            json["label"] = entry.label;
            if (proven.value) {
              const auto text = chain::entry_to_json(chain->registry(), *key, *proven.value);
              if (text) json["decoded"] = Json::parse(*text, nullptr, false);
            }
            return json;
          })};
}

}  // namespace cambium::gateway
