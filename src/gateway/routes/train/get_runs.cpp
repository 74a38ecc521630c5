// GET /train/runs
#include "gateway/routes/train/run_json.hpp"

namespace cambium::gateway {

Route get_runs(Services& services) {
  return {.method = Method::get,
          .pattern = "/train/runs",
          .summary = "Training runs, newest first",
          .tag = "train",
          .handler = json_handler([&services](const Request&) -> Result<Json> {
            Json items = Json::array();
            for (const auto& run : services.node.progress().runs()) items.push_back(run_json(run));
            return Json{{"items", items}, {"next", Json()}};
          })};
}

}  // namespace cambium::gateway
