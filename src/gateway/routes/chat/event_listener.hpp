// An answer as the three events that streams and sockets share; they differ in how one is written.
#pragma once

#include "gateway/routes/chat/parse.hpp"

namespace cambium::gateway {

class EventListener : public ChatListener {
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
    ended();
  }
  void on_error(const Error& error) override {
    say("error", error_event(error));
    ended();
  }

 protected:
  /// False once the client is gone.
  virtual bool say(std::string_view event, const Json& data) = 0;
  virtual void ended() {}

  StreamPtr out_;
  std::string id_;
};

/// Text that is not UTF-8 is replaced, never an exception.
inline std::string text_of(const Json& json) {
  return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

}  // namespace cambium::gateway
