#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "base/check.hpp"
#include "gateway/http/router.hpp"

namespace cambium::gateway {
namespace {

using Json = nlohmann::ordered_json;

Json schema_of(const std::string& text) {
  if (text.empty()) return Json::object();
  auto schema = Json::parse(text, nullptr, false);
  CHECK(!schema.is_discarded(), "a route's schema is JSON");
  return schema;
}

Json parameters(const Route& route) {
  Json list = Json::array();
  for (std::size_t at = route.pattern.find('{'); at != std::string::npos;
       at = route.pattern.find('{', at + 1)) {
    const auto end = route.pattern.find('}', at);
    list.push_back({{"name", route.pattern.substr(at + 1, end - at - 1)},
                    {"in", "path"},
                    {"required", true},
                    {"schema", {{"type", "string"}}}});
  }
  for (const auto& [key, meaning] : route.query_help) {
    list.push_back({{"name", key},
                    {"in", "query"},
                    {"required", false},
                    {"description", meaning},
                    {"schema", {{"type", "string"}}}});
  }
  return list;
}

std::string operation_id(const Route& route) {
  std::string id(name(route.method));
  for (char c : route.pattern) {
    if (std::isalnum(static_cast<unsigned char>(c))) {
      id.push_back(c);
    } else if (id.back() != '_') {
      id.push_back('_');
    }
  }
  while (id.back() == '_') id.pop_back();
  return id;
}

std::string_view media_type(const Route& route) {
  return std::holds_alternative<StreamHandler>(route.handler) ? "text/event-stream"
                                                              : "application/json";
}

Json operation(const Route& route) {
  const Json problem = {{"$ref", "#/components/responses/Problem"}};
  Json op = {{"operationId", operation_id(route)},
             {"summary", route.summary},
             {"tags", {route.tag}},
             {"parameters", parameters(route)}};
  if (route.body == Route::Body::file) {
    op["requestBody"] = {{"content", {{"application/octet-stream", Json::object()}}}};
  } else if (!route.request_schema.empty()) {
    op["requestBody"] = {
        {"required", true},
        {"content", {{"application/json", {{"schema", schema_of(route.request_schema)}}}}}};
  }
  op["responses"] = {
      {"200",
       {{"description", route.summary},
        {"content", {{media_type(route), {{"schema", schema_of(route.response_schema)}}}}}}},
      {"default", problem}};
  return op;
}

Json problem_schema() {
  Json properties;
  for (auto key : {"type", "title", "code", "detail", "next_step"}) {
    properties[key] = {{"type", "string"}};
  }
  properties["status"] = {{"type", "integer"}};
  return {{"type", "object"}, {"properties", properties}};
}

}  // namespace

Json openapi(const Router& router, std::string_view version) {
  Json paths;
  for (const auto& route : router.routes()) {
    if (std::holds_alternative<SocketHandler>(route.handler)) continue;  // not expressible
    paths[route.pattern][std::string(name(route.method))] = operation(route);
  }
  return {{"openapi", "3.1.0"},
          {"info",
           {{"title", "Cambium node"},
            {"version", version},
            {"license", {{"name", "MIT"}, {"identifier", "MIT"}}}}},
          {"servers", {{{"url", "/"}}}},
          {"paths", paths},
          {"components",
           {{"responses",
             {{"Problem",
               {{"description", "What went wrong and what to do (RFC 9457)"},
                {"content", {{"application/problem+json", {{"schema", problem_schema()}}}}}}}}}}}};
}

}  // namespace cambium::gateway
