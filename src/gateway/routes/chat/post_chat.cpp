// POST /chat: the whole answer at once (B/API-01, B/INF-02).
#include "gateway/routes/chat/parse.hpp"

namespace cambium::gateway {

Route post_chat(Services& services) {
  return {.method = Method::post,
          .pattern = "/chat",
          .summary = "Answer a prompt; says what it cost and which experts took part",
          .tag = "chat",
          .request_schema = R"({"type":"object","required":["prompt"],"properties":{
              "prompt":{"type":"string"},"model":{"type":"string"},
              "use_moe":{"type":"boolean"},"use_distributed":{"type":"boolean"},
              "top_k_experts":{"type":"integer"},"max_tokens":{"type":"integer"},
              "temperature":{"type":"number"},"top_p":{"type":"number"},
              "top_k":{"type":"integer"},"seed":{"type":"integer"}}})",
          .handler = json_handler([&services](const Request& request) -> Result<Json> {
            TRY(const auto body, parse_json(request.body));
            TRY(const auto job, chat_job(services, request, body));
            TRY(const auto r, services.chat.answer(job));
            return Json{{"request_id", job.request_id},
                        {"answer", r.text},
                        {"model", r.model},
                        {"index_root", r.index_root.hex()},
                        {"input_tokens", r.input_tokens},
                        {"output_tokens", r.output_tokens},
                        {"input_cost", serve::to_text(r.input_cost)},
                        {"output_cost", serve::to_text(r.output_cost)},
                        {"total_cost", serve::to_text(r.total_cost)},
                        {"tokens_per_second", r.tokens_per_second},
                        {"reason", model::name(r.reason)},
                        {"experts", experts_json(r.experts)}};
          })};
}

}  // namespace cambium::gateway
