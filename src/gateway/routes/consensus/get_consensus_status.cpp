// GET /consensus/status
#include "gateway/routes/consensus/consensus.hpp"

namespace cambium::gateway {
namespace {

/// The first change of rules that is still to come; null when there is none.
Json next_upgrade(const Json& upgrades, std::uint64_t height) {
  for (const auto& upgrade : upgrades.at("items")) {
    if (std::stoull(upgrade.value("height", std::string("0"))) > height) return upgrade;
  }
  return {};
}

Result<Json> status(Services& services, const Request& request) {
  TRY(auto* const chain, staked_chain(services, request));
  const auto now = chain->status();
  TRY(const auto upgrades, ask(*chain, {"chain", "upgrades"}));
  TRY(const auto pool, ask(*chain, {"staking", "pool"}));
  TRY(const auto epoch, ask(*chain, {"staking", "epoch"}));
  TRY(const auto acts, ask(*chain, {"governance", "acts"}));
  return Json{{"chain_id", now.chain_id},
              {"alias", now.alias},
              {"engine", now.operator_key.bytes.empty() ? "cometbft" : "embedded"},
              {"height", now.height.value},
              {"time_ms", now.time.value},
              {"block_hash", now.block_hash.hex()},
              {"state_root", now.state_root.hex()},
              {"active_validators", pool.at("active_validators")},
              {"active_ucbm", pool.at("active_ucbm")},
              {"epoch", epoch},
              {"rules_version", upgrades.at("rules_version")},
              {"newest_rules", upgrades.at("newest_rules")},
              {"next_upgrade", next_upgrade(upgrades, now.height.value)},
              {"emergency_acts", acts.at("items").size()}};
}

}  // namespace

Route get_consensus_status(Services& services) {
  return {.method = Method::get,
          .pattern = "/consensus/status",
          .summary = "Who orders blocks, how high the chain is, which rules hold and come next",
          .tag = "consensus",
          .query_help = {kChainHelp},
          .handler = json_handler(
              [&services](const Request& request) { return status(services, request); })};
}

}  // namespace cambium::gateway
