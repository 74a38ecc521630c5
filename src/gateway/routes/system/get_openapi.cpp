// GET /openapi.json: this API as a document, written from the list of routes.
#include "gateway/routes/routes.hpp"
#include "gateway/version.hpp"

namespace cambium::gateway {

Route get_openapi(Services& services) {
  return {.method = Method::get,
          .pattern = "/openapi.json",
          .summary = "This API as an OpenAPI 3.1 document",
          .tag = "system",
          .handler = json_handler([&services](const Request&) -> Result<Json> {
            return openapi(Router(all_routes(services)), kVersion);
          })};
}

}  // namespace cambium::gateway
