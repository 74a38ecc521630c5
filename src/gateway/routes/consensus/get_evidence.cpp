// GET /consensus/evidence
#include <algorithm>

#include "gateway/routes/consensus/consensus.hpp"

namespace cambium::gateway {
namespace {

Result<Json> evidence(Services& services, const Request& request) {
  TRY(auto* const chain, staked_chain(services, request));
  TRY(const auto validators, all_validators(*chain, "ANY"));
  std::vector<Json> penalties;
  for (const auto& validator : validators) {
    TRY(const auto some, penalties_of(*chain, validator.value("operator", "")));
    penalties.insert(penalties.end(), some.begin(), some.end());
  }
  const auto time_of = [](const Json& one) { return std::stoll(one.value("time_ms", "0")); };
  std::stable_sort(penalties.begin(), penalties.end(),
                   [&](const Json& a, const Json& b) { return time_of(a) > time_of(b); });
  penalties.resize(std::min(penalties.size(), page_of(request).limit));
  return Json{{"items", penalties}, {"next", Json()}};
}

}  // namespace

Route get_evidence(Services& services) {
  return {.method = Method::get,
          .pattern = "/consensus/evidence",
          .summary = "Offences of validators and what they cost, newest first",
          .tag = "consensus",
          .query_help = {kChainHelp, {"limit", "1 to 100"}},
          .handler = json_handler(
              [&services](const Request& request) { return evidence(services, request); })};
}

}  // namespace cambium::gateway
