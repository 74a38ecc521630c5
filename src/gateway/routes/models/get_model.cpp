// GET /models/{id}: one model with its parameter DAG and its index.
#include "gateway/routes/models/model_json.hpp"

namespace cambium::gateway {

Route get_model(Services& services) {
  return {.method = Method::get,
          .pattern = "/models/{id}",
          .summary = "A model: its parameter DAG and which block each name points at",
          .tag = "models",
          .handler = json_handler([&services](const Request& request) -> Result<Json> {
            TRY(const auto view, services.node.compute().state_at());
            TRY(const auto model, model_of(view, request.params.at("id")));
            Json json = summary_json(view, model, story_of(services.node));
            json["blocks"] = Json::array();
            for (const auto& block : blocks_of(view, model.id())) {
              json["blocks"].push_back(block_json(block));
            }
            json["index"] = Json::array();
            for (const auto& entry : index_of(view, model.id())) {
              json["index"].push_back({{"expert", entry.name()},
                                       {"block", to_hex(as_bytes(entry.block()))},
                                       {"version", entry.version()}});
            }
            return json;
          })};
}

}  // namespace cambium::gateway
