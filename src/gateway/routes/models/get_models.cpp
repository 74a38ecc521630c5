// GET /models: every model, with its quality by domain before and after contributions.
#include "gateway/routes/models/model_json.hpp"

namespace cambium::gateway {

Route get_models(Services& services) {
  return {.method = Method::get,
          .pattern = "/models",
          .summary = "Models of this network",
          .tag = "models",
          .handler = json_handler([&services](const Request&) -> Result<Json> {
            TRY(const auto view, services.node.compute().state_at());
            const auto story = story_of(services.node);
            Json items = Json::array();
            for (const auto& model : all_models(view)) {
              items.push_back(summary_json(view, model, story));
            }
            return Json{{"items", items}, {"next", nullptr}};
          })};
}

}  // namespace cambium::gateway
