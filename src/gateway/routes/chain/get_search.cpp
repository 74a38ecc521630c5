// GET /chain/{id}/search?q=
#include "gateway/routes/routes.hpp"

namespace cambium::gateway {

Route get_search(Services& services) {
  return {.method = Method::get,
          .pattern = "/chain/{id}/search",
          .summary = "Find blocks, transactions, accounts, models and experts",
          .tag = "chain",
          .query_help = {{"q", "a height, hash, address or name, whole or its beginning"}},
          .handler = json_handler([&services](const Request& request) -> Result<Json> {
            TRY_STATUS(chain_of(services.node, request));
            TRY(const auto hits, services.node.index().search(request.query_or("q", "")));
            Json items = Json::array();
            for (const auto& hit : hits) {
              items.push_back({{"kind", hit.kind},
                               {"id", hit.id},
                               {"title", hit.title},
                               {"chain", hit.chain}});
            }
            return Json{{"items", items}, {"next", Json()}};
          })};
}

}  // namespace cambium::gateway
