// GET /chat/stream: the answer as server-sent events (B/STR-01, B/API-02).
#include "gateway/routes/chat/event_listener.hpp"

namespace cambium::gateway {
namespace {

class SseListener final : public EventListener {
 public:
  using EventListener::EventListener;

 private:
  bool say(std::string_view event, const Json& data) override {
    return out_->send(sse_event(event, text_of(data)));
  }
  void ended() override { out_->finish(); }
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
                *job, std::make_shared<SseListener>(out, job->request_id));
            if (!cancel) return to_response(cancel.error());
            out->on_close([cancel = *cancel] { cancel->cancel(); });
            if (out->closed()) (*cancel)->cancel();  // it may have gone before we listened
            return std::nullopt;
          })};
}

}  // namespace cambium::gateway
