// Every endpoint. A new one is a file of its own, two lines in registry.cpp and a test.
#pragma once

#include "gateway/http/router.hpp"
#include "gateway/json.hpp"
#include "gateway/services.hpp"

namespace cambium::gateway {

std::vector<Route> all_routes(Services& services);

/// A handler that may fail with an Error, as a plain handler.
template <class F>
PlainHandler json_handler(F call) {
  return [call](const Request& request) -> Response {
    Result<Json> reply = call(request);
    return reply ? ok(*reply) : to_response(reply.error());
  };
}

}  // namespace cambium::gateway
