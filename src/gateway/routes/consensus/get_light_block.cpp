// GET /consensus/light_block
#include "chain/records.hpp"
#include "gateway/routes/consensus/consensus.hpp"

namespace cambium::gateway {

Route get_light_block(Services& services) {
  return {.method = Method::get,
          .pattern = "/consensus/light_block",
          .summary = "The newest header that proofs lead to, with the votes or signature behind it",
          .tag = "consensus",
          .query_help = {kChainHelp},
          .handler = json_handler([&services](const Request& request) -> Result<Json> {
            TRY(auto* const chain, staked_chain(services, request));
            // Any entry will do: its proof's header is the newest there is.
            TRY(const auto proven, chain->prove(chain::kParams.key({})));
            const auto json = to_json(proven);
            return Json{{"height", json.at("header").at("height")},
                        {"header", json.at("header")},
                        {"header_bytes", json.at("header_bytes")},
                        {"signature", json.at("signature")},
                        {"operator_key", json.at("operator_key")},
                        {"light_block", json.at("light_block")}};
          })};
}

}  // namespace cambium::gateway
