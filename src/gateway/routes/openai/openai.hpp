// The shapes of OpenAI's API that its clients rely on.
#pragma once

#include "gateway/routes/chat/parse.hpp"

namespace cambium::gateway {

/// The prompt of a chat: a base model has no turns, so the messages' texts follow one another.
Result<std::string> prompt_of_messages(const Json& body);

/// A job from a completion body whose prompt has been found.
Result<ChatJob> openai_job(Services& services, const Request& request, Json body,
                           std::string prompt);

enum class CompletionKind : std::uint8_t { chat, text };

Json completion_json(const ChatResult& result, const std::string& id, CompletionKind kind);

/// Streams chunks until data: [DONE].
std::shared_ptr<ChatListener> chunk_listener(StreamPtr out, std::string id, CompletionKind kind);

/// Errors in OpenAI's shape, so that its clients raise the right exception.
Response openai_error(const Error& error);

/// Answers at once or as a stream, as the body's "stream" says.
Route completion_route(Services& services, std::string pattern, CompletionKind kind);

}  // namespace cambium::gateway
