// GET /health: alive, and where each chain stands.
#include "gateway/routes/routes.hpp"
#include "gateway/version.hpp"

namespace cambium::gateway {

Route get_health(Services& services) {
  return {.method = Method::get,
          .pattern = "/health",
          .summary = "Whether the node is alive, and the height of each chain",
          .tag = "health",
          .handler = json_handler([&services](const Request&) -> Result<Json> {
            Json chains = Json::array();
            for (auto* chain : services.node.chains()) {
              const auto status = chain->status();
              chains.push_back({{"id", status.chain_id},
                                {"alias", status.alias},
                                {"height", status.height.value},
                                {"app_hash", status.state_root.hex()},
                                {"time_ms", status.time.value}});
            }
            return Json{{"status", "ok"},
                        {"version", kVersion},
                        {"uptime_s", services.node.uptime_s()},
                        {"chains", chains}};
          })};
}

}  // namespace cambium::gateway
