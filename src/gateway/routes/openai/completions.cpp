// POST /v1/chat/completions and POST /v1/completions.
#include <future>

#include "gateway/routes/openai/openai.hpp"

namespace cambium::gateway {
namespace {

Result<std::string> prompt_of(const Json& body, CompletionKind kind) {
  return kind == CompletionKind::chat ? prompt_of_messages(body) : text_field(body, "prompt");
}

Result<ChatJob> job_of(Services& services, const Request& request, const Json& body,
                       CompletionKind kind) {
  TRY(auto prompt, prompt_of(body, kind));
  return openai_job(services, request, body, std::move(prompt));
}

bool wants_stream(const Json& body) {
  const auto found = body.find("stream");
  return found != body.end() && found->is_boolean() && found->get<bool>();
}

std::optional<Response> complete(Services& services, const Request& request, const StreamPtr& out,
                                 CompletionKind kind) {
  const auto body = parse_json(request.body);
  if (!body) return openai_error(body.error());
  const auto job = job_of(services, request, *body, kind);
  if (!job) return openai_error(job.error());
  const auto id = (kind == CompletionKind::chat ? "chatcmpl-" : "cmpl-") + job->request_id;
  if (!wants_stream(*body)) {
    const auto result = services.chat.answer(*job);
    return result ? ok(completion_json(*result, id, kind)) : openai_error(result.error());
  }
  const auto cancel = services.chat.start(*job, chunk_listener(out, id, kind));
  if (!cancel) return openai_error(cancel.error());
  out->on_close([cancel = *cancel] { cancel->cancel(); });
  if (out->closed()) (*cancel)->cancel();
  return std::nullopt;
}

constexpr const char* kSchema = R"({"type":"object","properties":{"model":{"type":"string"},
    "messages":{"type":"array","items":{"type":"object"}},"prompt":{"type":"string"},
    "max_tokens":{"type":"integer"},"temperature":{"type":"number"},"top_p":{"type":"number"},
    "stream":{"type":"boolean"},"stop":{},"seed":{"type":"integer"}}})";

}  // namespace

Route completion_route(Services& services, std::string pattern, CompletionKind kind) {
  return {.method = Method::post,
          .pattern = std::move(pattern),
          .summary = "OpenAI-compatible completion, whole or streamed",
          .tag = "openai",
          .request_schema = kSchema,
          .handler = StreamHandler([&services, kind](const Request& request, StreamPtr out) {
            return complete(services, request, out, kind);
          })};
}

Route post_chat_completions(Services& services) {
  return completion_route(services, "/v1/chat/completions", CompletionKind::chat);
}

Route post_completions(Services& services) {
  return completion_route(services, "/v1/completions", CompletionKind::text);
}

}  // namespace cambium::gateway
