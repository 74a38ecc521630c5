// GET /credits: the caller's balance.
#include "gateway/routes/routes.hpp"

namespace cambium::gateway {

Route get_credits(Services& services) {
  return {.method = Method::get,
          .pattern = "/credits",
          .summary = "The caller's credits: available, held for answers under way, and spent",
          .tag = "credits",
          .handler = json_handler([&services](const Request& request) -> Result<Json> {
            TRY(const auto id, services.billing.account_of(request));
            TRY(const auto account, services.ledger.account(id));
            return Json{{"account", id},
                        {"balance", to_text(account.available())},
                        {"held", to_text(account.debits_pending)},
                        {"spent", to_text(account.debits_posted)}};
          })};
}

}  // namespace cambium::gateway
