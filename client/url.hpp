// Addresses of nodes.
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "base/result.hpp"

namespace cambium::client {

struct Url {
  std::string host;
  std::string port;
  std::string prefix;  // path in front of every request, without a final slash
  /// "http://127.0.0.1:8080"
  std::string text() const;
};

/// "http://host[:port][/prefix]" or "host:port"; `unsupported` for other schemes.
Result<Url> parse_url(std::string_view text);

/// What is not unreserved in RFC 3986 becomes %XX.
std::string percent_encode(std::string_view text);

/// "path?a=b&c=d", values encoded; just the path without arguments.
std::string with_query(std::string path, const std::map<std::string, std::string>& arguments);

}  // namespace cambium::client
