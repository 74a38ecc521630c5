// POST /chain/{id}/txs: submit a signed transaction and wait for its block.
#include "chain/status.hpp"
#include "gateway/routes/routes.hpp"

namespace cambium::gateway {
namespace {

constexpr std::int64_t kCommitTimeoutMs = 20'000;

Json outcome_json(const TxId& id, chain::TxStatus status, Height height) {
  const auto& text = chain::explain(status);
  return {{"hash", id.hex()},
          {"status", int(status)},
          {"status_name", text.name},
          {"what", text.what},
          {"advice", text.advice},
          {"height", height.value}};
}

}  // namespace

Route post_tx(Services& services) {
  return {.method = Method::post,
          .pattern = "/chain/{id}/txs",
          .summary = "Submit a signed transaction; answers when it is final",
          .tag = "chain",
          .request_schema = R"({"type":"object","required":["tx"],"properties":{"tx":
              {"type":"string","description":"base64 of the TxRaw bytes"}}})",
          .query_help = {{"wait", "`accept` answers as soon as it waits for a block"}},
          .handler = json_handler([&services](const Request& request) -> Result<Json> {
            TRY(auto* const chain, chain_of(services.node, request));
            TRY(const auto body, parse_json(request.body));
            TRY(const auto text, text_field(body, "tx"));
            auto raw = from_base64(text);
            if (!raw) return fail(ErrorCode::invalid_input, "the field \"tx\" is not base64");
            const auto submitted = chain->submit(std::move(*raw));
            if (!submitted.accepted() || request.query_or("wait", "") == "accept") {
              return outcome_json(submitted.id, submitted.status, {});
            }
            TRY(const auto outcome, chain->wait(submitted.id, kCommitTimeoutMs));
            return outcome_json(outcome.id, outcome.status(), outcome.height);
          })};
}

}  // namespace cambium::gateway
