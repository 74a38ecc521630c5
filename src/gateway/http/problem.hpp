// Errors as RFC 9457 problem documents: a stable code, a sentence, and what to do next.
#pragma once

#include <string>
#include <string_view>

#include "base/result.hpp"
#include "gateway/http/message.hpp"

namespace cambium::gateway {

struct Problem {
  int status;
  std::string code;       // stable, snake_case
  std::string detail;     // a sentence that says what and where
  std::string next_step;  // a sentence that says what to do
};

Response to_response(const Problem& problem);

/// The problem that fits an operation's error.
Problem problem_of(const Error& error);
Response to_response(const Error& error);

}  // namespace cambium::gateway
