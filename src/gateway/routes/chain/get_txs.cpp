// GET /chain/{id}/txs: newest first, of everybody or of one account.
#include "gateway/routes/routes.hpp"

namespace cambium::gateway {

Route get_txs(Services& services) {
  return {.method = Method::get,
          .pattern = "/chain/{id}/txs",
          .summary = "Transactions, newest first",
          .tag = "chain",
          .query_help = {{"account", "only those that concern this cbm1... account"},
                         {"before", "the `next` of the previous page"},
                         {"limit", "1 to 100"}},
          .handler = json_handler([&services](const Request& request) -> Result<Json> {
            TRY(auto* const chain, chain_of(services.node, request));
            std::optional<std::string> account;
            if (request.query.contains("account")) account = request.query.at("account");
            TRY(const auto page,
                services.node.index().txs(chain->alias(), account, page_of(request)));
            return page_json(page, [](const engine::TxRow& row) { return to_json(row); });
          })};
}

}  // namespace cambium::gateway
