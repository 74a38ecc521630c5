#include "gateway/routes/openai/openai.hpp"

namespace cambium::gateway {
namespace {

std::int64_t unix_seconds() { return SystemClock().now().value / 1000; }

std::string_view object_name(CompletionKind kind, bool chunk) {
  if (kind == CompletionKind::text) return "text_completion";
  return chunk ? "chat.completion.chunk" : "chat.completion";
}

class ChunkListener final : public ChatListener {
 public:
  ChunkListener(StreamPtr out, std::string id, CompletionKind kind)
      : out_(std::move(out)), id_(std::move(id)), kind_(kind) {}

  void on_start(const serve::Prepared& prepared, serve::MicroCredits) override {
    model_ = prepared.snapshot->id;
    if (kind_ != CompletionKind::chat) return;
    say(choice({{"role", "assistant"}, {"content", ""}}, "", {}));
  }
  bool on_token(const serve::Chunk& chunk, double) override {
    auto message = choice({{"content", chunk.text}}, chunk.text, {});
    message["cambium"] = {{"cost", serve::to_text(chunk.cost)},
                          {"cumulative_cost", serve::to_text(chunk.cumulative)}};
    return say(message);
  }
  void on_tail(std::string_view text, const ChatResult&) override {
    say(choice({{"content", text}}, text, {}));
  }
  void on_end(const ChatResult& result) override {
    auto last = choice(Json::object(), "", finish_reason(result.reason));
    last["usage"] = {{"prompt_tokens", result.input_tokens},
                     {"completion_tokens", result.output_tokens},
                     {"total_tokens", result.input_tokens + result.output_tokens}};
    last["cambium"] = {{"total_cost", serve::to_text(result.total_cost)},
                       {"experts", experts_json(result.experts)}};
    say(last);
    out_->send("data: [DONE]\n\n");
    out_->finish();
  }
  void on_error(const Error& error) override {
    say({{"error", {{"message", error.message}, {"type", name(error.code)}}}});
    out_->finish();
  }

 private:
  Json choice(Json delta, std::string_view text, std::optional<std::string_view> finish) const {
    Json choice = {{"index", 0}};
    if (kind_ == CompletionKind::chat) choice["delta"] = std::move(delta);
    if (kind_ == CompletionKind::text) choice["text"] = text;
    choice["finish_reason"] = finish ? Json(*finish) : Json();
    return {{"id", id_},
            {"object", object_name(kind_, true)},
            {"created", created_},
            {"model", model_},
            {"choices", Json::array({choice})}};
  }
  bool say(const Json& message) {
    return out_->send(
        sse_event("", message.dump(-1, ' ', false, Json::error_handler_t::replace)));
  }

  StreamPtr out_;
  std::string id_;
  CompletionKind kind_;
  std::string model_;
  std::int64_t created_ = unix_seconds();
};

}  // namespace

Result<std::string> prompt_of_messages(const Json& body) {
  const auto messages = body.find("messages");
  if (messages == body.end() || !messages->is_array() || messages->empty()) {
    return fail(ErrorCode::invalid_input, "the field \"messages\" must be a list of messages");
  }
  std::string prompt;
  for (const auto& message : *messages) {
    if (!message.is_object()) {
      return fail(ErrorCode::invalid_input, "each message is an object with role and content");
    }
    TRY(const auto content, text_field(message, "content"));
    prompt += (prompt.empty() ? "" : "\n") + content;
  }
  return prompt;
}

Result<ChatJob> openai_job(Services& services, const Request& request, Json body,
                           std::string prompt) {
  body["prompt"] = std::move(prompt);
  if (!body.contains("max_tokens") && body.contains("max_completion_tokens")) {
    body["max_tokens"] = body["max_completion_tokens"];
  }
  return chat_job(services, request, body);
}

Json completion_json(const ChatResult& result, const std::string& id, CompletionKind kind) {
  Json choice = {{"index", 0}};
  if (kind == CompletionKind::chat) {
    choice["message"] = {{"role", "assistant"}, {"content", result.text}};
  } else {
    choice["text"] = result.text;
  }
  choice["finish_reason"] = finish_reason(result.reason);
  return {{"id", id},
          {"object", object_name(kind, false)},
          {"created", unix_seconds()},
          {"model", result.model},
          {"choices", Json::array({choice})},
          {"usage",
           {{"prompt_tokens", result.input_tokens},
            {"completion_tokens", result.output_tokens},
            {"total_tokens", result.input_tokens + result.output_tokens}}},
          {"cambium",
           {{"total_cost", serve::to_text(result.total_cost)},
            {"index_root", result.index_root.hex()},
            {"experts", experts_json(result.experts)}}}};
}

std::shared_ptr<ChatListener> chunk_listener(StreamPtr out, std::string id, CompletionKind kind) {
  return std::make_shared<ChunkListener>(std::move(out), std::move(id), kind);
}

Response openai_error(const Error& error) {
  const auto problem = problem_of(error);
  auto response = ok({{"error",
                       {{"message", problem.detail + " " + problem.next_step},
                        {"type", problem.status < 500 ? "invalid_request_error" : "server_error"},
                        {"code", problem.code},
                        {"param", Json()}}}});
  response.status = problem.status;
  return response;
}

}  // namespace cambium::gateway
