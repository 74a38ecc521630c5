// GET /consensus/upgrades
#include "gateway/routes/consensus/consensus.hpp"

namespace cambium::gateway {

Route get_upgrades(Services& services) {
  return {.method = Method::get,
          .pattern = "/consensus/upgrades",
          .summary = "Changes of rules by height, past and to come, and what this program knows",
          .tag = "consensus",
          .query_help = {kChainHelp},
          .handler = json_handler([&services](const Request& request) -> Result<Json> {
            TRY(auto* const chain, staked_chain(services, request));
            TRY(auto out, ask(*chain, {"chain", "upgrades"}));
            out["height"] = chain->status().height.value;
            return out;
          })};
}

}  // namespace cambium::gateway
