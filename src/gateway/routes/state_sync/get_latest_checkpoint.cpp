// GET /consensus/state_sync/latest_checkpoint: the newest full snapshot, and a block to trust.
#include "gateway/routes/state_sync/sync_json.hpp"

namespace cambium::gateway {

Route get_latest_checkpoint(Services& services) {
  return {.method = Method::get,
          .pattern = "/consensus/state_sync/latest_checkpoint",
          .summary = "The newest full snapshot that a joining node can take over, and a block to "
                     "trust for it",
          .tag = "consensus",
          .query_help = {{"chain", "id or alias of the chain; utility unless named"}},
          .handler = json_handler([&services](const Request& request) -> Result<Json> {
            TRY(auto* const chain, synced_chain(services, request));
            const auto status = chain->status();
            Json out = {{"chain_id", chain->chain_id()},
                        {"genesis_hash", status.genesis_hash.hex()},
                        {"height", status.height.value},
                        {"snapshot", Json()},
                        {"trust", Json()}};
            if (const auto trust = trust_point(*chain, status.height)) out["trust"] = *trust;
            for (const auto& point : snapshots_of(services, *chain).points()) {
              if (!point.full()) continue;
              out["snapshot"] = to_json(point);
              break;
            }
            return out;
          })};
}

}  // namespace cambium::gateway
