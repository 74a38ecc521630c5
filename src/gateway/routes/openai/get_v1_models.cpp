// GET /v1/models
#include "gateway/routes/routes.hpp"

namespace cambium::gateway {

Route get_v1_models(Services& services) {
  return {.method = Method::get,
          .pattern = "/v1/models",
          .summary = "OpenAI-compatible list of the models served here",
          .tag = "openai",
          .handler = json_handler([&services](const Request&) -> Result<Json> {
            Json data = Json::array();
            for (const auto& model : services.node.host().models()) {
              data.push_back({{"id", model->id},
                              {"object", "model"},
                              {"created", 0},
                              {"owned_by", "cambium"},
                              {"index_root", model->index_root.hex()}});
            }
            return Json{{"object", "list"}, {"data", data}};
          })};
}

}  // namespace cambium::gateway
