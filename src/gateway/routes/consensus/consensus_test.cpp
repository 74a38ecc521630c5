// Validators, stake and governance as people ask for them (B/API-10, H/GO-01): on a node whose
// operator is the first validator.
#include "gateway/test_world.hpp"

namespace cambium::gateway {
namespace {

class Consensus : public GatewayWorld {
 protected:
  Consensus() { start(); }

  std::string first_operator() {
    const auto items = get("/consensus/validators").json()["items"];
    return items.empty() ? "" : items[0]["operator"].get<std::string>();
  }
  void expect_refused(const std::string& path, int status, const std::string& words) {
    const auto reply = get(path);
    EXPECT_EQ(reply.status, status) << path;
    EXPECT_NE(reply.json()["detail"].get<std::string>().find(words), std::string::npos)
        << path << ": " << reply.body;
  }
};

TEST_F(Consensus, StatusTellsWhoOrdersBlocksAndWhatComes) {
  const auto status = get("/consensus/status").json();
  EXPECT_EQ(status["chain_id"], "cambium-utility-1");
  EXPECT_EQ(status["engine"], "embedded");
  EXPECT_GE(status["rules_version"], 1);
  EXPECT_TRUE(status["next_upgrade"].is_null());
  EXPECT_EQ(status["emergency_acts"], 0);
}

TEST_F(Consensus, AValidatorIsListedShownAndProven) {
  const auto account = first_operator();
  ASSERT_FALSE(account.empty()) << "the first network has a validator";
  const auto shown = get("/consensus/validators/" + account + "?prove=true").json();
  EXPECT_EQ(shown["operator"], account);
  EXPECT_EQ(shown["proof"]["key"], shown["key"]);
  EXPECT_FALSE(shown["proof"]["proof"]["ics23"].get<std::string>().empty());
  EXPECT_TRUE(shown["penalties"].empty());
  EXPECT_TRUE(shown["signing"].contains("uptime_nano"));
  EXPECT_EQ(get("/consensus/validators/" + account + "/rewards").status, 200);
}

TEST_F(Consensus, TheActiveSetSaysHowMuchPowerABlockNeeds) {
  const auto set = get("/consensus/active_set").json();
  ASSERT_FALSE(set["items"].empty());
  const auto total = std::stoull(set["total_power"].get<std::string>());
  const auto needed = std::stoull(set["needed_power"].get<std::string>());
  EXPECT_GT(needed * 3, total * 2);
  EXPECT_LE((needed - 1) * 3, total * 2);
}

TEST_F(Consensus, StakeOfAnAccountIsOneAnswer) {
  const auto stake = get("/consensus/accounts/" + first_operator()).json();
  ASSERT_EQ(stake["delegations"].size(), 1U);
  EXPECT_EQ(stake["delegations"][0]["validator"], first_operator());
  EXPECT_TRUE(stake["unbondings"].empty());
}

TEST_F(Consensus, HoldingsNameEverythingTheChainHas) {
  const auto path = "/accounts/" + first_operator() + "/holdings";
  const auto all = get("/chain/utility" + path).json();
  EXPECT_EQ(all["stake"]["items"].size(), 1U);
  EXPECT_TRUE(all["votes"].empty());
  EXPECT_FALSE(all["guardians"].is_null());
  EXPECT_TRUE(get("/chain/compute-0" + path).json()["stake"].is_null()) << "no stake there";
}

TEST_F(Consensus, AnAccountComesWithProofsOfItsRecordAndItsBalance) {
  const auto path = "/chain/utility/accounts/" + first_operator();
  const auto plain = get(path).json();
  EXPECT_FALSE(plain.contains("proofs"));
  const auto proven = get(path + "?prove=true").json();
  for (const auto* what : {"account", "balance"}) {
    EXPECT_EQ(proven["proofs"][what]["key"], plain["keys"][what]);
    EXPECT_FALSE(proven["proofs"][what]["proof"]["ics23"].get<std::string>().empty());
  }
}

TEST_F(Consensus, ParametersComeByModule) {
  const auto all = get("/consensus/params").json();
  for (const auto* module : {"chain", "staking", "slashing", "governance", "treasury"}) {
    EXPECT_TRUE(all.contains(module)) << module;
  }
  EXPECT_EQ(get("/consensus/params?module=staking").json().size(), 1U);
}

TEST_F(Consensus, EmptyListsAreLists) {
  EXPECT_TRUE(get("/consensus/evidence").json()["items"].empty());
  EXPECT_TRUE(get("/consensus/proposals").json()["items"].empty());
  EXPECT_TRUE(get("/consensus/upgrades").json()["items"].empty());
  EXPECT_TRUE(get("/consensus/validators?status=jailed").json()["items"].empty());
  EXPECT_EQ(get("/consensus/epochs/current").status, 200);
  EXPECT_TRUE(get("/consensus/rewards/pool").json().contains("active_ucbm"));
}

TEST_F(Consensus, TheLightBlockIsTheHeaderThatProofsLeadTo) {
  const auto block = get("/consensus/light_block").json();
  EXPECT_EQ(block["height"], block["header"]["height"]);
  EXPECT_FALSE(block["header_bytes"].get<std::string>().empty());
  EXPECT_TRUE(block["light_block"].is_null()) << "an operator signs this chain";
}

TEST_F(Consensus, WhatIsWrongIsASentence) {
  expect_refused("/consensus/validators/bob", 400, "written cbm1...");
  expect_refused("/consensus/accounts/cbm1x", 400, "written cbm1...");
  expect_refused("/consensus/validators?status=sleeping", 400, "active, waiting or jailed");
  expect_refused("/consensus/params?module=weather", 404, "these have: ");
  expect_refused("/consensus/validators?chain=compute-0", 404, "has no module \"staking\"");
  expect_refused("/consensus/validators?chain=moon", 404, "there is no chain moon");
  expect_refused("/consensus/proposals/7", 404, "no such proposal");
  expect_refused("/consensus/proposals/x", 400, "whole number");
  expect_refused("/chain/utility/accounts/bob/holdings", 400, "written cbm1...");
}

TEST_F(Consensus, AreDescribedInOpenApi) {
  const auto paths = get("/openapi.json").json()["paths"];
  for (const auto* path : {"/consensus/status", "/consensus/validators/{operator}",
                           "/consensus/active_set", "/consensus/light_block"}) {
    EXPECT_TRUE(paths.contains(path)) << path;
  }
}

}  // namespace
}  // namespace cambium::gateway
