// GET /consensus/validators
#include <fmt/format.h>

#include <charconv>

#include "gateway/routes/consensus/consensus.hpp"

namespace cambium::gateway {
namespace {

/// "active" as the schema names it. An empty one asks for all.
Result<std::string> status_of(const Request& request) {
  auto status = request.query_or("status", "any");
  for (const char* known : {"any", "active", "waiting", "jailed"}) {
    if (status != known) continue;
    for (auto& c : status) c = char(std::toupper(static_cast<unsigned char>(c)));
    return status;
  }
  return fail(ErrorCode::invalid_input,
              fmt::format("status is any, active, waiting or jailed, not \"{}\"", status));
}

Result<Json> validators(Services& services, const Request& request) {
  TRY(auto* const chain, staked_chain(services, request));
  TRY(const auto status, status_of(request));
  const auto page = page_of(request);
  Json arguments = {{"limit", page.limit}, {"status", status}};
  if (!page.before.empty()) arguments["after"] = page.before;
  TRY(const auto answer, ask(*chain, {"staking", "validators"}, arguments));
  Json items = Json::array();
  for (const auto& reply : answer.at("items")) {
    TRY(auto row, validator_row(*chain, reply));
    items.push_back(std::move(row));
  }
  const std::string next = answer.value("next", "");
  return Json{{"items", items}, {"next", next.empty() ? Json() : Json(next)}};
}

}  // namespace

Route get_validators(Services& services) {
  return {.method = Method::get,
          .pattern = "/consensus/validators",
          .summary = "Validators: power, commission, uptime, bans",
          .tag = "consensus",
          .query_help = {kChainHelp,
                         {"status", "any, active, waiting or jailed"},
                         {"before", "the `next` of the previous page"},
                         {"limit", "1 to 100"}},
          .handler = json_handler(
              [&services](const Request& request) { return validators(services, request); })};
}

}  // namespace cambium::gateway
