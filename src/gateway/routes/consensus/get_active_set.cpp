// GET /consensus/active_set
#include <algorithm>

#include "gateway/routes/consensus/consensus.hpp"

namespace cambium::gateway {
namespace {

std::uint64_t power_of(const Json& validator) {
  return std::stoull(validator.value("power", std::string("0")));
}

Result<Json> active_set(Services& services, const Request& request) {
  TRY(auto* const chain, staked_chain(services, request));
  TRY(auto active, all_validators(*chain, "ACTIVE"));
  std::sort(active.begin(), active.end(),
            [](const Json& a, const Json& b) { return power_of(a) > power_of(b); });
  std::uint64_t total = 0;
  Json items = Json::array();
  for (const auto& validator : active) {
    total += power_of(validator);
    items.push_back({{"operator", validator.value("operator", "")},
                     {"moniker", validator.at("validator").at("description").value("moniker", "")},
                     {"consensus_address", validator.value("consensus_address", "")},
                     {"consensus_key", validator.at("validator").value("consensus_key", "")},
                     {"power", validator.value("power", "0")}});
  }
  return Json{{"items", items},
              {"total_power", std::to_string(total)},
              {"needed_power", std::to_string(total / 3 * 2 + total % 3 * 2 / 3 + 1)}};
}

}  // namespace

Route get_active_set(Services& services) {
  return {.method = Method::get,
          .pattern = "/consensus/active_set",
          .summary = "Who votes on blocks now, most power first, and how much power a block needs",
          .tag = "consensus",
          .query_help = {kChainHelp},
          .handler = json_handler(
              [&services](const Request& request) { return active_set(services, request); })};
}

}  // namespace cambium::gateway
