#include "gateway/http/router.hpp"

namespace cambium::gateway {
namespace {

std::vector<std::string> split(std::string_view path) {
  std::vector<std::string> parts;
  path.remove_prefix(path.starts_with('/') ? 1 : 0);
  while (true) {
    const auto slash = path.find('/');
    parts.emplace_back(path.substr(0, slash));
    if (slash == std::string_view::npos) return parts;
    path.remove_prefix(slash + 1);
  }
}

bool is_param(std::string_view segment) {
  return segment.starts_with('{') && segment.ends_with('}');
}

// A literal segment is preferred to a parameter, so the caller keeps the match with fewest params.
std::optional<std::map<std::string, std::string>> match(const std::vector<std::string>& pattern,
                                                        const std::vector<std::string>& path) {
  if (pattern.size() != path.size()) return std::nullopt;
  std::map<std::string, std::string> params;
  for (std::size_t i = 0; i < pattern.size(); ++i) {
    if (is_param(pattern[i])) {
      if (path[i].empty()) return std::nullopt;
      params[pattern[i].substr(1, pattern[i].size() - 2)] = path[i];
    } else if (pattern[i] != path[i]) {
      return std::nullopt;
    }
  }
  return params;
}

}  // namespace

Router::Router(std::vector<Route> routes) : routes_(std::move(routes)) {
  for (const auto& route : routes_) segments_.push_back(split(route.pattern));
}

const Route* Router::find(Request& request, std::string* allowed) const {
  const auto path = split(request.path);
  const Route* best = nullptr;
  for (std::size_t i = 0; i < routes_.size(); ++i) {
    auto params = match(segments_[i], path);
    if (!params) continue;
    if (routes_[i].method != request.method) {
      if (allowed && !allowed->empty()) *allowed += ", ";
      if (allowed) *allowed += name(routes_[i].method);
      continue;
    }
    if (best && params->size() >= request.params.size()) continue;
    best = &routes_[i];
    request.params = std::move(*params);
  }
  return best;
}

}  // namespace cambium::gateway
