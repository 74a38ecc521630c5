#include "gateway/routes/consensus/consensus.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "crypto/keys.hpp"

namespace cambium::gateway {
namespace {

constexpr int kPage = 200;

/// One penalty: the offence, and how much of the stake went with it.
Json penalty(const std::string& account, const Json& offence, const Json& slashes) {
  Json out = {{"operator", account}};
  out.update(offence);
  for (const auto& slash : slashes) {
    const auto same = [&](const char* field) {
      return slash.value(field, "") == offence.value(field, "");
    };
    if (!same("infraction_height") || !same("time_ms")) continue;
    out["fraction_nano"] = slash.value("fraction_nano", "0");
    out["height"] = slash.value("height", "0");
  }
  return out;
}

}  // namespace

Result<engine::Engine*> staked_chain(Services& services, const Request& request) {
  Request named = request;
  named.params["id"] = request.query_or("chain", std::string(node::kUtilityAlias));
  return chain_of(services.node, named);
}

Result<Json> ask(engine::Engine& chain, chain::QueryName query, const Json& arguments) {
  TRY(const auto answer, chain.query(query, arguments.dump()));
  return Json::parse(answer.json, nullptr, false);
}

Result<Json> ask_proven(engine::Engine& chain, chain::QueryName query, const Json& arguments) {
  TRY(const auto answer, chain.query(query, arguments.dump()));
  TRY(const auto proven, chain.prove(answer.key));
  return Json{{"result", Json::parse(answer.json, nullptr, false)},
              {"key", to_hex(answer.key)},
              {"proof", to_json(proven)}};
}

Result<std::string> address_param(const Request& request, const char* field) {
  const auto& text = request.params.at(field);
  if (crypto::Address::from_text(text)) return text;
  return fail(ErrorCode::invalid_input,
              fmt::format("{} must be an account, written cbm1...; \"{}\" is not one, or it is "
                          "mistyped", field, text));
}

Result<Json> validator_row(engine::Engine& chain, const Json& reply) {
  const auto& record = reply.at("validator");
  const std::string account = reply.value("operator", "");
  TRY(const auto signing, ask(chain, {"slashing", "signing_info"}, {{"operator", account}}));
  return Json{{"operator", account},
              {"consensus_address", reply.value("consensus_address", "")},
              {"moniker", record.at("description").value("moniker", "")},
              {"status", reply.value("status", "")},
              {"level", reply.value("level", "")},
              {"power", reply.value("power", "0")},
              {"tokens_ucbm", record.value("tokens_ucbm", "0")},
              {"self_bond_ucbm", reply.value("self_bond_ucbm", "0")},
              {"commission_nano", record.at("commission").value("rate_nano", "0")},
              {"jailed_until_ms", record.value("jailed_until_ms", "0")},
              {"key_revoked", record.value("key_revoked", false)},
              {"slashes", record.value("slashes", "0")},
              {"missed", signing.value("missed", "0")},
              {"blocks", signing.value("blocks", "0")},
              {"uptime_nano", signing.value("uptime_nano", "0")},
              {"absent_since_ms", signing.value("absent_since_ms", "0")}};
}

Result<Json> penalties_of(engine::Engine& chain, const std::string& account) {
  const Json who = {{"operator", account}};
  TRY(const auto offences, ask(chain, {"slashing", "offences"}, who));
  TRY(const auto slashes, ask(chain, {"staking", "slashes"}, who));
  Json out = Json::array();
  for (const auto& offence : offences.at("items")) {
    out.push_back(penalty(account, offence, slashes.at("items")));
  }
  std::reverse(out.begin(), out.end());  // they are kept in the order they happened
  return out;
}

Result<Json> all_validators(engine::Engine& chain, const std::string& status) {
  Json out = Json::array();
  Json arguments = {{"limit", kPage}, {"status", status}};
  while (out.size() < kMostValidators) {
    TRY(const auto page, ask(chain, {"staking", "validators"}, arguments));
    for (const auto& item : page.at("items")) out.push_back(item);
    const std::string next = page.value("next", "");
    if (next.empty()) break;
    arguments["after"] = next;
  }
  return out;
}

}  // namespace cambium::gateway
