// Answers to prompts, token by token with the running price.
#pragma once

#include <functional>

#include "client/node_api.hpp"

namespace cambium::client {

/// Absent settings are the node's own defaults.
struct ChatAsk {
  std::string prompt;
  Arguments settings;  // "max_tokens", "temperature", "seed", "model", "use_moe", ...
};

/// What a stream says, as the endpoint documents it. A token handler that returns false cancels;
/// only what was delivered is billed.
struct ChatHandlers {
  std::function<void(const Json&)> on_start;
  std::function<bool(const Json&)> on_token;
  std::function<void(const Json&)> on_end;
};

/// Returns when the answer has ended, was cancelled by a handler, or failed. `cancelled` when the
/// connection's stop token was asked for.
Status stream_chat(const NodeApi& node, const ChatAsk& ask, const ChatHandlers& handlers);

}  // namespace cambium::client
