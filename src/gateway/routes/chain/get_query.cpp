// GET /chain/{id}/query/{module}/{name}?args: a module's own questions, with proof on request.
#include "gateway/routes/routes.hpp"

namespace cambium::gateway {

Route get_query(Services& services) {
  return {.method = Method::get,
          .pattern = "/chain/{id}/query/{module}/{name}",
          .summary = "Ask a module; arguments are query parameters, prove=true adds the proof",
          .tag = "chain",
          .handler = json_handler([&services](const Request& request) -> Result<Json> {
            TRY(auto* const chain, chain_of(services.node, request));
            Json arguments = Json::object();
            for (const auto& [key, value] : request.query) {
              if (key != "prove") arguments[key] = value;
            }
            const chain::QueryName name{request.params.at("module"), request.params.at("name")};
            TRY(const auto answer, chain->query(name, arguments.dump()));
            Json json = {{"result", Json::parse(answer.json, nullptr, false)},
                         {"key", to_hex(answer.key)}};
            if (request.query_or("prove", "") == "true" && !answer.key.empty()) {
              TRY(const auto proven, chain->prove(answer.key));
              json["proof"] = to_json(proven);
            }
            return json;
          })};
}

}  // namespace cambium::gateway
