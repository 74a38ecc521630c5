#include "client/url.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace cambium::client {
namespace {

constexpr std::string_view kScheme = "http://";

bool is_port(std::string_view text) {
  return !text.empty() && text.size() <= 5 &&
         text.find_first_not_of("0123456789") == std::string_view::npos;
}

bool unreserved(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-' ||
         c == '.' || c == '_' || c == '~';
}

}  // namespace

std::string Url::text() const { return fmt::format("{}{}:{}{}", kScheme, host, port, prefix); }

Result<Url> parse_url(std::string_view text) {
  const std::string whole(text);
  if (text.starts_with(kScheme)) {
    text.remove_prefix(kScheme.size());
  } else if (text.find("://") != std::string_view::npos) {
    return fail(ErrorCode::unsupported,
                fmt::format("`{}` is not an http:// address; put a proxy in front for TLS and "
                            "name the node as http://host:port.", whole));
  }
  Url out;
  const auto slash = std::min(text.find('/'), text.size());
  out.prefix = text.substr(slash);
  while (out.prefix.ends_with('/')) out.prefix.pop_back();
  const auto authority = text.substr(0, slash);
  const auto colon = authority.rfind(':');
  out.host = authority.substr(0, colon);
  out.port = colon == std::string_view::npos ? "80" : authority.substr(colon + 1);
  if (!out.host.empty() && is_port(out.port)) return out;
  return fail(ErrorCode::invalid_input,
              fmt::format("`{}` is no address of a node; write it as http://127.0.0.1:8080.",
                          whole));
}

std::string percent_encode(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (unreserved(c)) {
      out += c;
    } else {
      out += fmt::format("%{:02X}", static_cast<unsigned char>(c));
    }
  }
  return out;
}

std::string with_query(std::string path, const std::map<std::string, std::string>& arguments) {
  char mark = '?';
  for (const auto& [key, value] : arguments) {
    path += mark + percent_encode(key) + "=" + percent_encode(value);
    mark = '&';
  }
  return path;
}

}  // namespace cambium::client
