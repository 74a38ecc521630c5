// WS /ws/chat: several answers at once on one socket, each cancellable (B/STR-02).
#include <map>

#include "gateway/routes/chat/event_listener.hpp"

namespace cambium::gateway {
namespace {

constexpr std::size_t kMaxStreams = 16;  // answers under way on one socket

// Speaks for one answer; every message carries the id the client gave it.
class SocketListener final : public EventListener {
 public:
  using EventListener::EventListener;

 private:
  bool say(std::string_view type, const Json& data) override {
    Json message = {{"type", type}, {"id", id_}};
    message.update(data);
    return out_->send(text_of(message) + "\n");
  }
};

class ChatSocket final : public SocketPeer {
 public:
  ChatSocket(Services& services, Request request, StreamPtr out)
      : services_(services), request_(std::move(request)), out_(std::move(out)) {}
  ~ChatSocket() override {
    for (auto& [id, cancel] : streams_) {
      if (auto running = cancel.lock()) running->cancel();
    }
  }

  void on_message(std::string_view text) override {
    const auto message = parse_json(text);
    if (!message) return complain("", message.error());
    const auto type = message->value("type", "");
    const auto id = message->contains("id") && (*message)["id"].is_string()
                        ? (*message)["id"].get<std::string>()
                        : std::string();
    if (type == "ping") return send({{"type", "pong"}});
    if (type == "start") return start(id, *message);
    if (type == "cancel") return cancel(id);
    complain(id, {ErrorCode::invalid_input, "a message's type is start, cancel or ping"});
  }

 private:
  void start(const std::string& id, const Json& message) {
    std::erase_if(streams_, [](const auto& entry) { return entry.second.expired(); });
    if (id.empty() || streams_.contains(id)) {
      return complain(id, {ErrorCode::invalid_input,
                           "give each answer an id of its own, a string that is not in use"});
    }
    if (streams_.size() >= kMaxStreams) {
      return complain(id, {ErrorCode::unavailable, "16 answers are under way on this socket; "
                                                   "wait for one to end or cancel it"});
    }
    auto job = chat_job(services_, request_, message);
    if (!job) return complain(id, job.error());
    job->request_id += "-" + id;
    const auto cancel = services_.chat.start(*job, std::make_shared<SocketListener>(out_, id));
    if (!cancel) return complain(id, cancel.error());
    streams_[id] = *cancel;
  }

  void cancel(const std::string& id) {
    const auto found = streams_.find(id);
    if (found == streams_.end()) return;  // it has ended by itself
    if (auto running = found->second.lock()) running->cancel();
  }

  void complain(const std::string& id, const Error& error) {
    Json message = {{"type", "error"}, {"id", id}};
    message.update(error_event(error));
    send(message);
  }
  void send(const Json& message) {
    out_->send(text_of(message) + "\n");
  }

  Services& services_;
  Request request_;
  StreamPtr out_;
  std::map<std::string, std::weak_ptr<model::CancelToken>> streams_;
};

}  // namespace

Route ws_chat(Services& services) {
  return {.method = Method::get,
          .pattern = "/ws/chat",
          .summary = "WebSocket: several answers at once, with cancel and heartbeat",
          .tag = "chat",
          .handler = SocketHandler([&services](const Request& request, StreamPtr out)
                                       -> std::unique_ptr<SocketPeer> {
            return std::make_unique<ChatSocket>(services, request, std::move(out));
          })};
}

}  // namespace cambium::gateway
