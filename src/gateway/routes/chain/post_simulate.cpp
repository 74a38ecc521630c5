// POST /chain/{id}/simulate: what a transaction would do.
#include "chain/status.hpp"
#include "gateway/routes/routes.hpp"

namespace cambium::gateway {

Route post_simulate(Services& services) {
  return {.method = Method::post,
          .pattern = "/chain/{id}/simulate",
          .summary = "Dry run: status, gas and fee; nothing is kept and signatures may be missing",
          .tag = "chain",
          .request_schema = R"({"type":"object","required":["tx"],"properties":{"tx":
              {"type":"string","description":"base64 of the TxRaw bytes"}}})",
          .handler = json_handler([&services](const Request& request) -> Result<Json> {
            TRY(auto* const chain, chain_of(services.node, request));
            TRY(const auto body, parse_json(request.body));
            TRY(const auto text, text_field(body, "tx"));
            const auto raw = from_base64(text);
            if (!raw) return fail(ErrorCode::invalid_input, "the field \"tx\" is not base64");
            const auto ran = chain->simulate(*raw);
            const auto status = ran ? chain::TxStatus(ran->result.status()) : ran.error();
            const auto& meaning = chain::explain(status);
            return Json{{"status", int(status)},
                        {"status_name", meaning.name},
                        {"what", meaning.what},
                        {"advice", meaning.advice},
                        {"gas_used", ran ? ran->result.gas_used() : 0},
                        {"fee_ucbm", std::to_string(ran ? ran->result.fee_ucbm() : 0)}};
          })};
}

}  // namespace cambium::gateway
