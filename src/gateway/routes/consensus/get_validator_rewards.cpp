// GET /consensus/validators/{operator}/rewards
#include "gateway/routes/consensus/consensus.hpp"

namespace cambium::gateway {

Route get_validator_rewards(Services& services) {
  return {.method = Method::get,
          .pattern = "/consensus/validators/{operator}/rewards",
          .summary = "What a validator's operator has earned and not yet withdrawn",
          .tag = "consensus",
          .query_help = {kChainHelp},
          .handler = json_handler([&services](const Request& request) -> Result<Json> {
            TRY(auto* const chain, staked_chain(services, request));
            TRY(const auto account, address_param(request, "operator"));
            TRY_STATUS(ask(*chain, {"staking", "validator"}, {{"operator", account}}));
            return ask(*chain, {"staking", "rewards"}, {{"account", account}});
          })};
}

}  // namespace cambium::gateway
