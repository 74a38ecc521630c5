// GET /chain/{id}/accounts/{address}/holdings: everything one account holds, in one answer.
#include "crypto/keys.hpp"
#include "gateway/routes/routes.hpp"

namespace cambium::gateway {
namespace {

constexpr int kNewestProposals = 50;

class Holder {
 public:
  Holder(engine::Engine& chain, std::string address)
      : chain_(chain), address_(std::move(address)) {}

  /// A module's answer about this account; null where the chain lacks the module.
  Result<Json> ask(chain::QueryName query, const char* field) const {
    return ask_for(query, {{field, address_}});
  }

  /// Its ballots on the newest proposals.
  Result<Json> votes() const {
    Json out = Json::array();
    TRY(const auto newest, ask_for({"governance", "proposals"}, {{"limit", kNewestProposals}}));
    if (newest.is_null()) return Json();
    for (const auto& proposal : newest.at("items")) {
      const auto id = proposal.value("id", "0");
      const Json which = {{"proposal", id}, {"voter", address_}};
      const auto found = chain_.query({"governance", "ballot"}, which.dump());
      if (!found) continue;
      out.push_back({{"proposal", id},
                     {"title", proposal.value("title", "")},
                     {"status", proposal.value("status", "")},
                     {"ballot", Json::parse(found->json, nullptr, false)}});
    }
    return out;
  }

  const std::string& address() const { return address_; }

 private:
  Result<Json> ask_for(chain::QueryName query, const Json& arguments) const {
    if (chain_.registry().module(query.module) == nullptr) return Json();
    TRY(const auto answer, chain_.query(query, arguments.dump()));
    return Json::parse(answer.json, nullptr, false);
  }

  engine::Engine& chain_;
  std::string address_;
};

Result<Json> holdings(engine::Engine& chain, const std::string& address) {
  const Holder of(chain, address);
  Json out = {{"address", address}};
  TRY(out["balances"], of.ask({"bank", "balances"}, "account"));
  TRY(out["token"], of.ask({"bank", "balance"}, "account"));
  TRY(out["stake"], of.ask({"staking", "rewards"}, "account"));
  TRY(out["unbondings"], of.ask({"staking", "unbondings"}, "account"));
  TRY(out["redelegations"], of.ask({"staking", "redelegations"}, "account"));
  TRY(out["tickets"], of.ask({"accounts", "tickets"}, "address"));
  TRY(out["grants"], of.ask({"accounts", "grants"}, "address"));
  TRY(out["guardians"], of.ask({"accounts", "guardians"}, "address"));
  TRY(out["groups"], of.ask({"groups", "memberships"}, "account"));
  TRY(out["tier"], of.ask({"governance", "tier"}, "account"));
  TRY(out["frozen"], of.ask({"governance", "frozen"}, "account"));
  TRY(out["votes"], of.votes());
  return out;
}

}  // namespace

Route get_holdings(Services& services) {
  return {.method = Method::get,
          .pattern = "/chain/{id}/accounts/{address}/holdings",
          .summary = "Everything an account holds: coins, vesting, stake, grants, guardians, votes",
          .tag = "chain",
          .handler = json_handler([&services](const Request& request) -> Result<Json> {
            TRY(auto* const chain, chain_of(services.node, request));
            const auto& address = request.params.at("address");
            if (crypto::Address::from_text(address)) return holdings(*chain, address);
            return fail(ErrorCode::invalid_input,
                        "an account is written cbm1...; this is not one, or it is mistyped");
          })};
}

}  // namespace cambium::gateway
