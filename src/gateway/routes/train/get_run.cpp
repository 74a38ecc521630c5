// GET /train/runs/{id}: one run with its loss curve.
#include "gateway/routes/train/run_json.hpp"

namespace cambium::gateway {

Route get_run(Services& services) {
  return {.method = Method::get,
          .pattern = "/train/runs/{id}",
          .summary = "One training run with its loss curve, in nats per token",
          .tag = "train",
          .handler = json_handler([&services](const Request& request) -> Result<Json> {
            const auto run = services.node.progress().find(request.params.at("id"));
            if (!run) return fail(ErrorCode::not_found, "there is no training run with that id");
            auto json = run_json(*run);
            json["points"] = Json::array();
            for (const auto& point : run->points) {
              json["points"].push_back({point.step, point.loss});
            }
            return json;
          })};
}

}  // namespace cambium::gateway
