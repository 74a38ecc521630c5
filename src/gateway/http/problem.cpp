#include "gateway/http/problem.hpp"

#include <nlohmann/json.hpp>

namespace cambium::gateway {
namespace {

int http_status(ErrorCode code) {
  switch (code) {
    case ErrorCode::invalid_input: return 400;
    case ErrorCode::not_found: return 404;
    case ErrorCode::already_exists: return 409;
    case ErrorCode::corrupt: return 422;
    case ErrorCode::io: return 507;
    case ErrorCode::unavailable: return 503;
    case ErrorCode::timeout: return 504;
    case ErrorCode::cancelled: return 499;
    case ErrorCode::refused: return 403;
    case ErrorCode::unsupported: return 501;
  }
  return 500;
}

std::string_view next_step(ErrorCode code) {
  switch (code) {
    case ErrorCode::invalid_input: return "Correct the request; /openapi.json describes it.";
    case ErrorCode::not_found: return "Check the identifier, or list what exists.";
    case ErrorCode::already_exists: return "Read what exists instead of making it again.";
    case ErrorCode::corrupt: return "Send the bytes again; they changed on the way or at rest.";
    case ErrorCode::io: return "Free disk space or fix permissions on the node, then retry.";
    case ErrorCode::unavailable: return "Retry shortly; /ready says what the node waits for.";
    case ErrorCode::timeout: return "Retry; if it lasts, look at /health.";
    case ErrorCode::cancelled: return "Nothing more; the request was cancelled.";
    case ErrorCode::refused: return "Read the reason; repeating the request will not help.";
    case ErrorCode::unsupported: return "Use a node that offers this feature.";
  }
  return "Report this with the request id.";
}

}  // namespace

Response to_response(const Problem& problem) {
  const nlohmann::ordered_json body = {{"type", "urn:cambium:problem:" + problem.code},
                                       {"title", problem.code},
                                       {"status", problem.status},
                                       {"code", problem.code},
                                       {"detail", problem.detail},
                                       {"next_step", problem.next_step}};
  Response response;
  response.status = problem.status;
  response.content_type = "application/problem+json";
  response.body = body.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
  return response;
}

Problem problem_of(const Error& error) {
  return {http_status(error.code), std::string(name(error.code)), error.message,
          std::string(next_step(error.code))};
}

Response to_response(const Error& error) { return to_response(problem_of(error)); }

}  // namespace cambium::gateway
