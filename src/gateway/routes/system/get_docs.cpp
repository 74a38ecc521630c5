// GET /docs: the API as a page for people, written from the same list of routes; no scripts.
#include <fmt/format.h>

#include "gateway/routes/routes.hpp"

namespace cambium::gateway {
namespace {

constexpr std::string_view kHead =
    R"(<!doctype html><html lang="en"><meta charset="utf-8"><title>Cambium API</title>
<meta name="viewport" content="width=device-width"><style>
:root{color-scheme:light dark}body{font:16px/1.5 system-ui;max-width:60rem;margin:2rem auto;
padding:0 1rem}code{font:14px ui-monospace,monospace}td{padding:.3rem 1rem .3rem 0;
vertical-align:top}h2{margin-top:2rem;text-transform:capitalize}</style>
<h1>Cambium API</h1><p>The same as <a href="/openapi.json">an OpenAPI 3.1 document</a>.
Errors are RFC 9457 problems with <code>code</code>, <code>detail</code> and
<code>next_step</code>.)";

std::string escaped(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '<') {
      out += "&lt;";
    } else if (c == '&') {
      out += "&amp;";
    } else {
      out.push_back(c);
    }
  }
  return out;
}

std::string page(const std::vector<Route>& routes) {
  std::string out(kHead);
  std::string tag;
  for (const auto& route : routes) {
    if (route.tag != tag) {
      out += fmt::format("{}<h2>{}</h2><table>", tag.empty() ? "" : "</table>", route.tag);
      tag = route.tag;
    }
    out += fmt::format("<tr><td><code>{} {}</code><td>{}", name(route.method),
                       escaped(route.pattern), escaped(route.summary));
    for (const auto& [key, meaning] : route.query_help) {
      out += fmt::format("<br><code>?{}=</code> {}", escaped(key), escaped(meaning));
    }
  }
  return out + "</table></html>\n";
}

}  // namespace

Route get_docs(Services& services) {
  return {.method = Method::get,
          .pattern = "/docs",
          .summary = "This page",
          .tag = "system",
          .handler = PlainHandler([&services](const Request&) {
            Response response;
            response.content_type = "text/html; charset=utf-8";
            response.body = page(all_routes(services));
            return response;
          })};
}

}  // namespace cambium::gateway
