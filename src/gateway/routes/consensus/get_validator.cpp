// GET /consensus/validators/{operator}
#include "gateway/routes/consensus/consensus.hpp"

namespace cambium::gateway {
namespace {

Result<Json> validator(Services& services, const Request& request) {
  TRY(auto* const chain, staked_chain(services, request));
  TRY(const auto account, address_param(request, "operator"));
  const Json who = {{"operator", account}};
  const chain::QueryName question{"staking", "validator"};
  Json out;
  if (request.query_or("prove", "") == "true") {
    TRY(const auto proven, ask_proven(*chain, question, who));
    out = proven.at("result");
    out["key"] = proven.at("key");
    out["proof"] = proven.at("proof");
  } else {
    TRY(out, ask(*chain, question, who));
  }
  TRY(out["signing"], ask(*chain, {"slashing", "signing_info"}, who));
  TRY(out["penalties"], penalties_of(*chain, account));
  return out;
}

}  // namespace

Route get_validator(Services& services) {
  return {.method = Method::get,
          .pattern = "/consensus/validators/{operator}",
          .summary = "A validator: its stake, how it signed, what it was punished for",
          .tag = "consensus",
          .query_help = {kChainHelp, {"prove", "true adds the proof of its state entry"}},
          .handler = json_handler(
              [&services](const Request& request) { return validator(services, request); })};
}

}  // namespace cambium::gateway
