// GET /genesis/hash: what two nodes compare before they talk (B/API-06).
#include "gateway/routes/routes.hpp"

namespace cambium::gateway {

Route get_genesis_hash(Services& services) {
  return {.method = Method::get,
          .pattern = "/genesis/hash",
          .summary = "The hash of this network's genesis, and of each chain's",
          .tag = "health",
          .handler = json_handler([&services](const Request&) -> Result<Json> {
            Json chains = Json::object();
            for (auto* chain : services.node.chains()) {
              chains[chain->alias()] = chain->status().genesis_hash.hex();
            }
            return Json{{"genesis_hash", services.node.genesis_hash().hex()}, {"chains", chains}};
          })};
}

}  // namespace cambium::gateway
