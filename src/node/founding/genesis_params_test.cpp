#include "node/founding/genesis_params.hpp"

#include <gtest/gtest.h>

#include "cambium/governance/v1/governance.pb.h"
#include "schema/canonical.hpp"

namespace cambium::node {
namespace {

chain::v1::Genesis a_genesis() {
  chain::v1::Genesis genesis;
  genesis.set_chain_id("test-1");
  genesis.set_initial_height(1);
  genesis.mutable_params()->set_rules_version(1);
  for (const char* name : {"accounts", "bank", "staking", "slashing", "governance"}) {
    genesis.add_modules()->set_name(name);
  }
  return genesis;
}

governance::v1::Params governance_of(const chain::v1::Genesis& genesis) {
  for (const auto& module : genesis.modules()) {
    if (module.name() != "governance") continue;
    return schema::decode_as<governance::v1::Genesis>(as_bytes(module.state()))->params();
  }
  return {};
}

TEST(GenesisParams, ChangesWhatIsNamedAndNothingElse) {
  auto genesis = a_genesis();
  const auto set = set_genesis_params(
      genesis, "governance.stake_window_ms=60000, governance.emergency_window_ms=\"90000\"");
  ASSERT_TRUE(set) << set.error().message;
  governance::v1::Params expected;
  expected.set_stake_window_ms(60'000);
  expected.set_emergency_window_ms(90'000);
  EXPECT_EQ(governance_of(genesis).SerializeAsString(), expected.SerializeAsString());
}

TEST(GenesisParams, ReachesTheChainsOwn) {
  auto genesis = a_genesis();
  ASSERT_TRUE(set_genesis_params(genesis, "chain.rules_version=2"));
  EXPECT_EQ(genesis.params().rules_version(), 2u);
}

TEST(GenesisParams, RefusesWithASentenceThatNamesThePlace) {
  const struct {
    const char* text;
    const char* says;
  } cases[] = {
      {"governance", "MODULE.FIELD=VALUE"},
      {"weather.rain=1", "no module `weather`"},
      {"governance.rain=1", "no parameter `rain`"},
      {"governance.stake_window_ms=soon", "governance.stake_window_ms"},
      {"governance.stake_window_ms=1000", "one minute"},
      {"accounts.rain=1", "no parameters"},
  };
  for (const auto& one : cases) {
    auto genesis = a_genesis();
    const auto set = set_genesis_params(genesis, one.text);
    ASSERT_FALSE(set) << one.text;
    EXPECT_NE(set.error().message.find(one.says), std::string::npos) << set.error().message;
  }
}

}  // namespace
}  // namespace cambium::node
