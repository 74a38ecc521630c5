// What the chat endpoints share: reading a request, and saying how an answer went.
#pragma once

#include "gateway/routes/routes.hpp"

namespace cambium::gateway {

/// A job from the JSON of POST /chat or of a WebSocket message; checks every field's type.
Result<ChatJob> chat_job(Services& services, const Request& request, const Json& body);

/// The same from query parameters, for GET /chat/stream.
Json body_of_query(const Request& request);

/// Seeds answers that name no seed, so that two of them differ.
std::uint64_t fresh_seed(Services& services);

Json experts_json(const std::vector<serve::ReceiptExpert>& experts);
std::string_view finish_reason(model::StopReason reason);

/// The events of a streamed answer; a tail is a token event that costs nothing.
Json start_event(const std::string& id, const serve::Prepared& prepared, serve::MicroCredits input);
Json token_event(const serve::Chunk& chunk, double tokens_per_second);
Json tail_event(std::string_view text, const ChatResult& result);
Json end_event(const ChatResult& result);
Json error_event(const Error& error);

}  // namespace cambium::gateway
