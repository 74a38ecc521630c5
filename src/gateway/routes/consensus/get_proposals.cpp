// GET /consensus/proposals
#include "gateway/routes/consensus/proposal_json.hpp"

namespace cambium::gateway {
namespace {

/// "voting" as the schema names it: STATUS_VOTING.
std::string named(const std::string& prefix, std::string word) {
  for (auto& c : word) c = c == '-' ? '_' : char(std::toupper(static_cast<unsigned char>(c)));
  return prefix + word;
}

Result<Json> proposals(Services& services, const Request& request) {
  TRY(auto* const chain, staked_chain(services, request));
  const auto page = page_of(request);
  Json arguments = {{"limit", page.limit}};
  if (!page.before.empty()) arguments["before"] = page.before;
  const auto status = request.query_or("status", "");
  if (!status.empty()) arguments["status"] = named("STATUS_", status);
  const auto track = request.query_or("track", "");
  if (!track.empty()) arguments["track"] = named("TRACK_", track);
  TRY(const auto answer, ask(*chain, {"governance", "proposals"}, arguments));
  Json items = Json::array();
  for (const auto& proposal : answer.at("items")) {
    TRY(auto item, proposal_json(*chain, proposal));
    items.push_back(std::move(item));
  }
  const std::string next = answer.value("next", std::string("0"));
  return Json{{"items", items}, {"next", next == "0" ? Json() : Json(next)}};
}

}  // namespace

Route get_proposals(Services& services) {
  return {.method = Method::get,
          .pattern = "/consensus/proposals",
          .summary = "Proposals, newest first, with how the votes stand",
          .tag = "consensus",
          .query_help = {kChainHelp,
                         {"status", "only voting, deposit, tallying, passed, rejected, ..."},
                         {"track", "only stake, tier, security, consensus or economic"},
                         {"before", "the `next` of the previous page"},
                         {"limit", "1 to 100"}},
          .handler = json_handler(
              [&services](const Request& request) { return proposals(services, request); })};
}

}  // namespace cambium::gateway
