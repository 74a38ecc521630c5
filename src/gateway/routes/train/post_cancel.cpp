// POST /train/runs/{id}/cancel: asks a run to stop between two steps.
#include "gateway/routes/routes.hpp"

namespace cambium::gateway {

Route post_cancel(Services& services) {
  return {.method = Method::post,
          .pattern = "/train/runs/{id}/cancel",
          .summary = "Ask a training run to stop",
          .tag = "train",
          .handler = json_handler([&services](const Request& request) -> Result<Json> {
            TRY_STATUS(services.node.progress().request_cancel(request.params.at("id")));
            return Json{{"requested", true}};
          })};
}

}  // namespace cambium::gateway
