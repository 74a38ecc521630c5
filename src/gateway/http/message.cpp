#include "gateway/http/message.hpp"

namespace cambium::gateway {

std::string_view name(Method method) {
  switch (method) {
    case Method::get: return "get";
    case Method::post: return "post";
    case Method::put: return "put";
    case Method::del: return "delete";
    case Method::other: return "other";
  }
  return "other";
}

std::string Request::query_or(const std::string& key, std::string fallback) const {
  const auto found = query.find(key);
  return found == query.end() ? std::move(fallback) : found->second;
}

}  // namespace cambium::gateway
