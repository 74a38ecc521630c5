// GET /consensus/params
#include <fmt/format.h>

#include "gateway/routes/consensus/consensus.hpp"

namespace cambium::gateway {
namespace {

Result<Json> params(Services& services, const Request& request) {
  TRY(auto* const chain, staked_chain(services, request));
  TRY(const auto view, chain->state_at());
  const auto wanted = request.query_or("module", "");
  Json out = Json::object();
  std::string known;
  for (const auto* module : chain->registry().modules()) {
    if (module->params.record == nullptr) continue;
    known += (known.empty() ? "" : ", ") + std::string(module->name);
    if (!wanted.empty() && wanted != module->name) continue;
    const auto value = view.get(module->params.key);
    const auto text = value ? chain::entry_to_json(chain->registry(), module->params.key, *value)
                            : std::nullopt;
    if (text) out[std::string(module->name)] = Json::parse(*text, nullptr, false);
  }
  if (!out.empty()) return out;
  return fail(ErrorCode::not_found,
              fmt::format("no module \"{}\" has parameters; these have: {}", wanted, known));
}

}  // namespace

Route get_consensus_params(Services& services) {
  return {.method = Method::get,
          .pattern = "/consensus/params",
          .summary = "What governance may change, by module, with the values in force",
          .tag = "consensus",
          .query_help = {kChainHelp, {"module", "only this module's"}},
          .handler = json_handler(
              [&services](const Request& request) { return params(services, request); })};
}

}  // namespace cambium::gateway
