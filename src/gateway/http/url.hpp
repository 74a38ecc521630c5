// Percent-decoding and query strings (RFC 3986, and + for space in queries).
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace cambium::gateway {

/// Nothing when a percent sign is not followed by two hexadecimal digits.
std::optional<std::string> url_decode(std::string_view text);

struct Target {
  std::string path;
  std::map<std::string, std::string> query;
};

/// Splits and decodes an origin-form request target; nothing when it is malformed.
std::optional<Target> parse_target(std::string_view target);

}  // namespace cambium::gateway
