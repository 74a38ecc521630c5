// GET /chat/stream: the answer as server-sent events (B/STR-01, B/API-02).
#include "gateway/routes/chat/parse.hpp"

namespace cambium::gateway {
namespace {

class EventListener final : public ChatListener {
 public:
  EventListener(StreamPtr out, std::string id) : out_(std::move(out)), id_(std::move(id)) {}
  void on_start(const serve::Prepared& prepared, serve::MicroCredits input_cost) override {
    say("stream_start", start_event(id_, prepared, input_cost));
  }
  bool on_token(const serve::Chunk& chunk, double rate) override {
    return say("token", token_event(chunk, rate));
  }
  void on_tail(std::string_view text, const ChatResult& result) override {
    say("token", tail_event(text, result));
  }
  void on_end(const ChatResult& result) override {
    say("stream_end", end_event(result));
    out_->finish();
  }
  void on_error(const Error& error) override {
    say("error", error_event(error));
    out_->finish();
  }

 private:
  bool say(std::string_view event, const Json& data) {
    return out_->send(sse_event(event, data.dump(-1, ' ', false, Json::error_handler_t::replace)));
  }
  StreamPtr out_;
  std::string id_;
};

}  // namespace

Route get_chat_stream(Services& services) {
  return {.method = Method::get,
          .pattern = "/chat/stream",
          .summary = "Answer a prompt token by token, with the running cost",
          .tag = "chat",
          .query_help = {{"prompt", "the text to go on from"},
                         {"max_tokens", "most tokens of the answer"},
                         {"temperature", "0 is greedy"},
                         {"seed", "same seed, same answer"},
                         {"use_moe", "false answers without routed experts"}},
          .handler = StreamHandler([&services](const Request& request,
                                               StreamPtr out) -> std::optional<Response> {
            const auto job = chat_job(services, request, body_of_query(request));
            if (!job) return to_response(job.error());
            const auto cancel = services.chat.start(
                *job, std::make_shared<EventListener>(out, job->request_id));
            if (!cancel) return to_response(cancel.error());
            out->on_close([cancel = *cancel] { cancel->cancel(); });
            if (out->closed()) (*cancel)->cancel();  // it may have gone before we listened
            return std::nullopt;
          })};
}

}  // namespace cambium::gateway
