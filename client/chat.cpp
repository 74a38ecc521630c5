#include "client/chat.hpp"

#include "client/sse.hpp"

namespace cambium::client {
namespace {

Error error_event(const Json& data) {
  return error_of({503, "application/problem+json", data.dump()});
}

}  // namespace

Status stream_chat(const NodeApi& node, const ChatAsk& ask, const ChatHandlers& handlers) {
  Arguments arguments = ask.settings;
  arguments["prompt"] = ask.prompt;
  Status status;
  bool ended = false;
  EventReader reader([&](const Event& event) {
    const Json data = Json::parse(event.data, nullptr, false);
    if (event.name == "stream_start") handlers.on_start(data);
    if (event.name == "token" && !handlers.on_token(data)) {
      ended = true;
      return false;
    }
    if (event.name == "stream_end") {
      ended = true;
      handlers.on_end(data);
    }
    if (event.name == "error") status = tl::unexpected<Error>(error_event(data));
    return status.has_value();
  });
  TRY(const auto reply,
      node.http().stream({.target = with_query("/chat/stream", arguments)},
                         [&](std::string_view bytes) { return reader.feed(bytes); }));
  if (reply.status / 100 != 2) return tl::unexpected<Error>(error_of(reply));
  TRY_STATUS(status);
  if (ended) return {};
  return fail(ErrorCode::unavailable, "The answer broke off; is the node still running?");
}

}  // namespace cambium::client
