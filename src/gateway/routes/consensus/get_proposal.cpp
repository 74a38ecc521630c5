// GET /consensus/proposals/{number}
#include "gateway/routes/consensus/proposal_json.hpp"

namespace cambium::gateway {

Route get_proposal(Services& services) {
  return {.method = Method::get,
          .pattern = "/consensus/proposals/{number}",
          .summary = "A proposal: what it does in words, its rule, its ballots, how votes stand",
          .tag = "consensus",
          .query_help = {kChainHelp},
          .handler = json_handler([&services](const Request& request) -> Result<Json> {
            TRY(auto* const chain, staked_chain(services, request));
            const Json which = {{"proposal", request.params.at("number")}};
            TRY(const auto found, ask(*chain, {"governance", "proposal"}, which));
            TRY(auto out, proposal_json(*chain, found));
            TRY(out["ballots"], ballots_of(*chain, found.value("id", "0")));
            return out;
          })};
}

}  // namespace cambium::gateway
