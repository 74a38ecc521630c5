// GET /ready: 200 when requests can be served, 503 with what is still awaited.
#include "gateway/routes/routes.hpp"

namespace cambium::gateway {

Route get_ready(Services& services) {
  return {.method = Method::get,
          .pattern = "/ready",
          .summary = "Whether the node can answer prompts now",
          .tag = "health",
          .handler = PlainHandler([&services](const Request&) {
            const auto readiness = services.node.readiness();
            auto response = ok({{"ready", readiness.ready()},
                                {"waiting_for", readiness.waiting_for}});
            if (!readiness.ready()) response.status = 503;
            return response;
          })};
}

}  // namespace cambium::gateway
