#include "gateway/routes/consensus/proposal_json.hpp"

#include <map>

#include "chain/detail/decode_msg.hpp"
#include "schema/canonical.hpp"

namespace cambium::gateway {
namespace {

std::uint64_t number(const Json& object, const char* key) {
  return std::stoull(object.value(key, std::string("0")));
}

/// Votes by choice, in the schema's words: "yes", "no", "abstain", "veto".
class Sums {
 public:
  void add(const std::string& choice, std::uint64_t weight) {
    if (choice == "CHOICE_YES") votes_["yes"] += weight;
    if (choice == "CHOICE_NO") votes_["no"] += weight;
    if (choice == "CHOICE_ABSTAIN") votes_["abstain"] += weight;
    if (choice == "CHOICE_VETO") votes_["veto"] += weight;
  }
  Json json(std::uint64_t electorate) const {
    Json out = Json::object();
    for (const char* choice : {"yes", "no", "abstain", "veto"}) {
      const auto found = votes_.find(choice);
      out[choice] = std::to_string(found == votes_.end() ? 0 : found->second);
    }
    out["electorate"] = std::to_string(electorate);
    return out;
  }

 private:
  std::map<std::string, std::uint64_t> votes_;
};

/// As the chain counts it at the end: everybody's own stake, taken from behind the validators, then
/// what is left behind each validator that voted.
Result<Json> stake_so_far(engine::Engine& chain, const Json& ballots) {
  TRY(const auto active, all_validators(chain, "ACTIVE"));
  std::map<std::string, std::uint64_t> left;
  std::uint64_t electorate = 0;
  for (const auto& validator : active) {
    const auto tokens = number(validator.at("validator"), "tokens_ucbm");
    left[validator.value("operator", "")] = tokens;
    electorate += tokens;
  }
  Sums sums;
  for (const auto& item : ballots) {
    TRY(const auto stake, ask(chain, {"staking", "rewards"}, {{"account", item.at("voter")}}));
    for (const auto& part : stake.at("items")) {
      const auto behind = left.find(part.value("validator", ""));
      if (behind == left.end()) continue;
      const auto weight = std::min(behind->second, number(part, "amount_ucbm"));
      behind->second -= weight;
      sums.add(item.value("choice", ""), weight);
    }
  }
  for (const auto& item : ballots) {
    const auto behind = left.find(item.value("voter", ""));
    if (behind != left.end()) sums.add(item.value("choice", ""), behind->second);
  }
  return sums.json(electorate);
}

Result<Json> tier_so_far(engine::Engine& chain, const Json& ballots) {
  Sums sums;
  for (const auto& item : ballots) {
    TRY(const auto tier, ask(chain, {"governance", "tier"}, {{"account", item.at("voter")}}));
    sums.add(item.value("choice", ""), tier.value("votes", std::uint64_t{0}));
  }
  return sums.json(0);  // nobody keeps how many nodes there are until the count
}

bool changes_rules(const Json& proposal) {
  for (const auto& action : proposal.at("actions")) {
    if (action.contains("upgrade")) return true;
  }
  return false;
}

Json rule_of(const Json& proposal, const Json& params) {
  const std::string track = proposal.value("track", "");
  const bool upgrade = changes_rules(proposal);
  if (track == "TRACK_STAKE") {
    return {{"quorum_nano", params.at("stake_quorum_nano")},
            {"threshold_nano", params.at(upgrade ? "upgrade_threshold_nano"
                                                 : "stake_threshold_nano")},
            {"veto_nano", params.at("veto_nano")},
            {"deposit_ucbm", params.at("deposit_ucbm")}};
  }
  if (track == "TRACK_TIER") {
    return {{"quorum_nano", params.at("tier_quorum_nano")},
            {"threshold_nano", params.at("tier_threshold_nano")},
            {"deposit_ucbm", params.at("tier_deposit_ucbm")}};
  }
  return {{"required_votes", proposal.value("required_votes", 0U)}};
}

}  // namespace

Json stored_message_json(const engine::Engine& chain, const std::string& hex) {
  const auto bytes = from_hex(hex);
  cambium::tx::v1::Msg msg;
  if (!bytes || !schema::decode(*bytes, msg)) return {};
  const auto* message = chain::detail::innermost(msg);
  const auto* handler =
      message == nullptr ? nullptr : chain.registry().handler(*message->GetDescriptor());
  if (handler == nullptr) return {};
  return {{"type", chain::short_name(*handler->descriptor)},
          {"value", Json::parse(chain::msg_to_json(*message), nullptr, false)}};
}

Result<Json> ballots_of(engine::Engine& chain, const std::string& proposal) {
  constexpr int kPage = 200;
  Json out = Json::array();
  Json arguments = {{"proposal", proposal}, {"limit", kPage}};
  while (out.size() < kMostBallots) {
    TRY(const auto page, ask(chain, {"governance", "ballots"}, arguments));
    for (const auto& item : page.at("items")) {
      Json row = {{"voter", item.at("voter")}};
      row.update(item.at("ballot"));
      out.push_back(std::move(row));
    }
    const std::string next = page.value("next", "");
    if (next.empty()) break;
    arguments["after"] = next;
  }
  return out;
}

Result<Json> proposal_json(engine::Engine& chain, Json proposal) {
  TRY(const auto params, ask(chain, {"governance", "params"}));
  if (!proposal.contains("actions")) proposal["actions"] = Json::array();
  proposal["rule"] = rule_of(proposal, params);
  for (auto& action : proposal["actions"]) {
    const auto stored = action.find("message");
    if (stored == action.end()) continue;
    action["decoded"] = stored_message_json(chain, stored->get<std::string>());
  }
  const std::string track = proposal.value("track", "");
  const bool counted_later = track == "TRACK_STAKE" || track == "TRACK_TIER";
  if (proposal.value("status", "") != "STATUS_VOTING" || !counted_later) return proposal;
  TRY(const auto ballots, ballots_of(chain, proposal.value("id", "0")));
  TRY(proposal["so_far"], track == "TRACK_STAKE" ? stake_so_far(chain, ballots)
                                                 : tier_so_far(chain, ballots));
  return proposal;
}

}  // namespace cambium::gateway
