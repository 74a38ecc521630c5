// GET /consensus/state_sync/snapshots: every height this node can go back to or hand out.
#include "gateway/routes/state_sync/sync_json.hpp"

namespace cambium::gateway {

Route get_sync_snapshots(Services& services) {
  return {.method = Method::get,
          .pattern = "/consensus/state_sync/snapshots",
          .summary = "Full snapshots and increments of a chain, newest first",
          .tag = "consensus",
          .query_help = {{"chain", "id or alias of the chain; utility unless named"}},
          .handler = json_handler([&services](const Request& request) -> Result<Json> {
            TRY(auto* const chain, synced_chain(services, request));
            Json items = Json::array();
            for (const auto& point : snapshots_of(services, *chain).points()) {
              items.push_back(to_json(point));
            }
            return Json{{"chain_id", chain->chain_id()}, {"items", items}};
          })};
}

}  // namespace cambium::gateway
