// GET /chain/{id}/accounts/{address}
#include "crypto/keys.hpp"
#include "gateway/routes/routes.hpp"

namespace cambium::gateway {
namespace {

/// A module's answer and the state entry behind it; an absent record reads as an empty object.
struct Asked {
  Json json = Json::object();
  Bytes key;
};
Asked ask(engine::Engine& chain, chain::QueryName query, const Json& arguments) {
  auto answer = chain.query(query, arguments.dump());
  if (!answer) return {};
  return {Json::parse(answer->json, nullptr, false), std::move(answer->key)};
}

Result<Json> account(engine::Engine& chain, const Request& request) {
  const auto& address = request.params.at("address");
  if (!crypto::Address::from_text(address)) {
    return fail(ErrorCode::invalid_input,
                "an account is written cbm1...; this is not one, or it is mistyped");
  }
  const auto known = ask(chain, {"accounts", "account"}, {{"address", address}});
  const auto token = ask(chain, {"bank", "balance"}, {{"account", address}, {"denom", "ucbm"}});
  Json out = {{"address", address},
              {"account", known.json.value("account", Json::object())},
              {"balances", ask(chain, {"bank", "balances"}, {{"account", address}}).json},
              {"spendable", token.json},
              {"keys", {{"account", to_hex(known.key)}, {"balance", to_hex(token.key)}}}};
  if (request.query_or("prove", "") != "true") return out;
  TRY(const auto proven_account, chain.prove(known.key));
  TRY(const auto proven_token, chain.prove(token.key));
  out["proofs"] = {{"account", to_json(proven_account)}, {"balance", to_json(proven_token)}};
  return out;
}

}  // namespace

Route get_account(Services& services) {
  return {.method = Method::get,
          .pattern = "/chain/{id}/accounts/{address}",
          .summary = "An account: nonce, key type, balances and what it may spend",
          .tag = "chain",
          .query_help = {{"prove", "true adds the proofs of its record and its balance"}},
          .handler = json_handler([&services](const Request& request) -> Result<Json> {
            TRY(auto* const chain, chain_of(services.node, request));
            return account(*chain, request);
          })};
}

}  // namespace cambium::gateway
