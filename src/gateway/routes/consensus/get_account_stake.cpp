// GET /consensus/accounts/{address}
#include "gateway/routes/consensus/consensus.hpp"

namespace cambium::gateway {

Route get_account_stake(Services& services) {
  return {.method = Method::get,
          .pattern = "/consensus/accounts/{address}",
          .summary = "What an account has at stake: bonded, unbonding, moving, earned",
          .tag = "consensus",
          .query_help = {kChainHelp},
          .handler = json_handler([&services](const Request& request) -> Result<Json> {
            TRY(auto* const chain, staked_chain(services, request));
            TRY(const auto address, address_param(request, "address"));
            const Json who = {{"account", address}};
            TRY(Json out, ask(*chain, {"staking", "rewards"}, who));
            TRY(const auto unbondings, ask(*chain, {"staking", "unbondings"}, who));
            TRY(const auto moves, ask(*chain, {"staking", "redelegations"}, who));
            return Json{{"address", address},
                        {"delegations", out.at("items")},
                        {"unbondings", unbondings.at("items")},
                        {"redelegations", moves.at("items")},
                        {"rewards_ucbm", out.value("total_ucbm", "0")},
                        {"commission_ucbm", out.value("commission_ucbm", "0")},
                        {"withdraw_to", out.value("withdraw_to", "")}};
          })};
}

}  // namespace cambium::gateway
