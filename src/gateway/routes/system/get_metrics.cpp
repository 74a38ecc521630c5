// GET /metrics: the Prometheus exposition.
#include "gateway/routes/routes.hpp"

namespace cambium::gateway {

Route get_metrics(Services& services) {
  return {.method = Method::get,
          .pattern = "/metrics",
          .summary = "Metrics in the Prometheus text format",
          .tag = "health",
          .handler = PlainHandler([&services](const Request&) {
            Response response;
            response.content_type = "text/plain; version=0.0.4";
            response.body = services.node.metrics().text();
            return response;
          })};
}

}  // namespace cambium::gateway
