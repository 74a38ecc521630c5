// GET /chain/{id}/blocks: newest first.
#include "gateway/routes/routes.hpp"

namespace cambium::gateway {

Route get_blocks(Services& services) {
  return {.method = Method::get,
          .pattern = "/chain/{id}/blocks",
          .summary = "Blocks, newest first",
          .tag = "chain",
          .query_help = {{"before", "the `next` of the previous page"}, {"limit", "1 to 100"}},
          .handler = json_handler([&services](const Request& request) -> Result<Json> {
            TRY(auto* const chain, chain_of(services.node, request));
            TRY(const auto page,
                services.node.index().blocks(chain->alias(), page_of(request)));
            return page_json(page, [](const engine::BlockRow& row) { return to_json(row); });
          })};
}

}  // namespace cambium::gateway
