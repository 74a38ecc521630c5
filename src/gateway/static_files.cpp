#include "gateway/static_files.hpp"

#include <array>

#include "gateway/http/problem.hpp"

namespace cambium::gateway {
namespace {

namespace fs = std::filesystem;

constexpr std::array<std::pair<std::string_view, std::string_view>, 11> kTypes = {{
    {".html", "text/html; charset=utf-8"},
    {".js", "text/javascript; charset=utf-8"},
    {".css", "text/css; charset=utf-8"},
    {".svg", "image/svg+xml"},
    {".png", "image/png"},
    {".ico", "image/x-icon"},
    {".json", "application/json"},
    {".webmanifest", "application/manifest+json"},
    {".woff2", "font/woff2"},
    {".txt", "text/plain; charset=utf-8"},
    {".map", "application/json"},
}};

// Only what this node itself serves may run or be talked to.
constexpr std::string_view kPolicy =
    "default-src 'self'; img-src 'self' data:; style-src 'self' 'unsafe-inline'; "
    "connect-src 'self' ws: wss:; object-src 'none'; base-uri 'none'; frame-ancestors 'none'";

std::optional<std::string_view> known_type(const fs::path& file) {
  const auto extension = file.extension().string();
  for (const auto& [known, type] : kTypes) {
    if (known == extension) return type;
  }
  return std::nullopt;
}

bool stays_below(const std::string& path) {
  for (const auto& part : fs::path(path)) {
    if (part == "..") return false;
  }
  return path.find('\0') == std::string::npos;
}

Response serve_file(const fs::path& file, bool immutable) {
  Response response;
  response.content_type = known_type(file).value_or("application/octet-stream");
  std::error_code failed;
  const auto size = fs::file_size(file, failed);
  response.file = FileSlice{file, 0, failed ? 0 : size, failed ? 0 : size};
  response.headers.emplace_back("Cache-Control",
                                immutable ? "public, max-age=31536000, immutable" : "no-cache");
  response.headers.emplace_back("Content-Security-Policy", kPolicy);
  return response;
}

Response not_built() {
  Response response;
  response.status = 404;
  response.content_type = "text/html; charset=utf-8";
  response.body =
      "<!doctype html><title>Cambium</title><p>The node runs, but its dashboard is not built. "
      "Run <code>./up</code>, or set <code>gateway.web_dir</code>. The API is described at "
      "<a href=\"/docs\">/docs</a>.";
  return response;
}

}  // namespace

fs::path find_web_dir(const std::string& configured) {
  if (!configured.empty()) return configured;
  std::error_code failed;
  fs::path at = fs::read_symlink("/proc/self/exe", failed).parent_path();
  for (; !failed && !at.empty(); at = at.parent_path()) {
    for (const auto* below : {"web/dist", "share/cambium/web"}) {
      if (fs::exists(at / below / "index.html", failed)) return at / below;
    }
    if (at == at.root_path()) break;
  }
  return {};
}

PlainHandler static_files(fs::path dir) {
  return [dir](const Request& request) -> Response {
    if (dir.empty()) return not_built();
    std::error_code failed;
    const auto file = dir / fs::path(request.path).relative_path();
    if (stays_below(request.path) && fs::is_regular_file(file, failed)) {
      return serve_file(file, request.path.starts_with("/assets/"));
    }
    // A page may name a model with a dot in it; a missing script or picture is a mistake.
    if (known_type(fs::path(request.path)) || !fs::exists(dir / "index.html", failed)) {
      return to_response(Problem{404, "no_such_file", request.path + " does not exist",
                                 "/openapi.json lists the endpoints."});
    }
    return serve_file(dir / "index.html", false);
  };
}

}  // namespace cambium::gateway
