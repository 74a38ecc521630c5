// What a handler sees of HTTP: plain values, no library types.
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace cambium::gateway {

enum class Method : std::uint8_t { get, post, put, del, other };

std::string_view name(Method method);

struct Request {
  Method method = Method::get;
  std::string path;                           // decoded, without the query
  std::map<std::string, std::string> query;   // decoded
  std::map<std::string, std::string> params;  // values of {names} in the route's pattern
  std::string body;                           // empty where `body_file` holds it
  std::filesystem::path body_file;            // large uploads are spooled here by the server
  std::string authorization;
  std::string idempotency_key;
  std::string range;
  std::string request_id;
  std::string peer;  // remote address, for rate limits

  /// The query parameter, or `fallback` where it is absent.
  std::string query_or(const std::string& key, std::string fallback) const;
};

/// Bytes of a file sent straight from disk.
struct FileSlice {
  std::filesystem::path path;
  std::uint64_t offset = 0;
  std::uint64_t size = 0;
  std::uint64_t total = 0;
};

struct Response {
  int status = 200;
  std::string content_type = "application/json";
  std::string body;
  std::optional<FileSlice> file;
  std::vector<std::pair<std::string, std::string>> headers;
};

}  // namespace cambium::gateway
