// GET /chain/{id}/status
#include "gateway/routes/routes.hpp"

namespace cambium::gateway {

Route get_chain_status(Services& services) {
  return {.method = Method::get,
          .pattern = "/chain/{id}/status",
          .summary = "Height, time, root and mempool of a chain",
          .tag = "chain",
          .handler = json_handler([&services](const Request& request) -> Result<Json> {
            TRY(auto* const chain, chain_of(services.node, request));
            const auto s = chain->status();
            return Json{{"chain_id", s.chain_id},
                        {"alias", s.alias},
                        {"height", s.height.value},
                        {"time_ms", s.time.value},
                        {"block_hash", s.block_hash.hex()},
                        {"state_root", s.state_root.hex()},
                        {"mempool_txs", s.mempool_txs},
                        {"base_fee_nano_ucbm", std::to_string(s.base_fee_nano_ucbm)},
                        {"operator_key", to_hex(s.operator_key.bytes)}};
          })};
}

}  // namespace cambium::gateway
