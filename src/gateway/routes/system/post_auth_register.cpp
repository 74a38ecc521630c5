// POST /auth/register: a credit account with an API key (B/API-06).
#include "gateway/routes/routes.hpp"

namespace cambium::gateway {

Route post_auth_register(Services& services) {
  return {.method = Method::post,
          .pattern = "/auth/register",
          .summary = "Make a credit account and its API key; the key is shown only here",
          .tag = "credits",
          .handler = json_handler([&services](const Request&) -> Result<Json> {
            TRY(const auto made, services.billing.make_account());
            return Json{{"account", made.account}, {"key", made.key}};
          })};
}

}  // namespace cambium::gateway
