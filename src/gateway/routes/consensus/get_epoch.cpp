// GET /consensus/epochs/current
#include "gateway/routes/consensus/consensus.hpp"

namespace cambium::gateway {

Route get_epoch(Services& services) {
  return {.method = Method::get,
          .pattern = "/consensus/epochs/current",
          .summary = "The hour that validators are paid for next, and what the last one paid",
          .tag = "consensus",
          .query_help = {kChainHelp},
          .handler = json_handler([&services](const Request& request) -> Result<Json> {
            TRY(auto* const chain, staked_chain(services, request));
            return ask(*chain, {"staking", "epoch"});
          })};
}

}  // namespace cambium::gateway
