// GET /consensus/state_sync/providers: who hands out snapshots and headers, as far as is known.
#include "gateway/routes/state_sync/sync_json.hpp"

namespace cambium::gateway {

Route get_sync_providers(Services& services) {
  return {.method = Method::get,
          .pattern = "/consensus/state_sync/providers",
          .summary = "Nodes that a joining node can take headers and snapshots from",
          .tag = "consensus",
          .query_help = {{"chain", "id or alias of the chain; utility unless named"}},
          .handler = json_handler([&services](const Request& request) -> Result<Json> {
            TRY(auto* const chain, synced_chain(services, request));
            const auto& config = services.node.config();
            Json servers = Json::array();
            for (const auto& server : sync_servers(config)) servers.push_back(server);
            Json peers = Json::array();
            for (const auto& peer : config.list("engine.peers")) peers.push_back(peer);
            const auto offers = snapshots_of(services, *chain).list();
            return Json{{"chain_id", chain->chain_id()},
                        {"engine", config.text("engine.kind")},
                        {"rpc_servers", servers},
                        {"peers", peers},
                        {"snapshots_here", offers.size()},
                        {"newest_here", offers.empty() ? Json()
                                                       : Json(offers.front().height.value)}};
          })};
}

}  // namespace cambium::gateway
