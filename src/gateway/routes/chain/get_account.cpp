// GET /chain/{id}/accounts/{address}
#include "crypto/keys.hpp"
#include "gateway/routes/routes.hpp"

namespace cambium::gateway {
namespace {

// A module's answer as JSON; an absent record reads as an empty object.
Json ask(engine::Engine& chain, chain::QueryName query, const Json& arguments) {
  const auto answer = chain.query(query, arguments.dump());
  return answer ? Json::parse(answer->json, nullptr, false) : Json::object();
}

}  // namespace

Route get_account(Services& services) {
  return {.method = Method::get,
          .pattern = "/chain/{id}/accounts/{address}",
          .summary = "An account: nonce, key type, balances and what it may spend",
          .tag = "chain",
          .handler = json_handler([&services](const Request& request) -> Result<Json> {
            TRY(auto* const chain, chain_of(services.node, request));
            const auto& address = request.params.at("address");
            if (!crypto::Address::from_text(address)) {
              return fail(ErrorCode::invalid_input,
                          "an account is written cbm1...; this is not one, or it is mistyped");
            }
            const auto known = ask(*chain, {"accounts", "account"}, {{"address", address}});
            const Json in_ucbm = {{"account", address}, {"denom", "ucbm"}};
            return Json{{"address", address},
                        {"account", known.value("account", Json::object())},
                        {"balances", ask(*chain, {"bank", "balances"}, {{"account", address}})},
                        {"spendable", ask(*chain, {"bank", "balance"}, in_ucbm)}};
          })};
}

}  // namespace cambium::gateway
