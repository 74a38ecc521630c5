// GET /experts/top: the experts that answers used most.
#include "gateway/routes/models/expert_json.hpp"

namespace cambium::gateway {

Route get_experts_top(Services& services) {
  return {.method = Method::get,
          .pattern = "/experts/top",
          .summary = "Experts by their part in this host's answers",
          .tag = "models",
          .query_help = {{"limit", "at most so many, 1 to 100"}},
          .handler = json_handler([&services](const Request& request) -> Result<Json> {
            TRY(const auto view, services.node.compute().state_at());
            Json items = Json::array();
            for (const auto& stats : services.node.host().usage().top(page_of(request).limit)) {
              Json item = expert_json(view, stats);
              item.erase("versions");
              items.push_back(std::move(item));
            }
            return Json{{"items", items}, {"next", nullptr}};
          })};
}

}  // namespace cambium::gateway
