// GET /consensus/rewards/pool
#include "gateway/routes/consensus/consensus.hpp"

namespace cambium::gateway {

Route get_reward_pool(Services& services) {
  return {.method = Method::get,
          .pattern = "/consensus/rewards/pool",
          .summary = "What is bonded, what is earned and not withdrawn, and fees to be shared",
          .tag = "consensus",
          .query_help = {kChainHelp},
          .handler = json_handler([&services](const Request& request) -> Result<Json> {
            TRY(auto* const chain, staked_chain(services, request));
            return ask(*chain, {"staking", "pool"});
          })};
}

}  // namespace cambium::gateway
