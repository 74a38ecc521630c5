#include "engine/cometbft/process/settings.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/testing/scratch_folder.hpp"
#include "engine/cometbft/process/home.hpp"

namespace cambium::engine {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

// H/CS-02: both cadences, and an idle chain that makes a block only now and then.
TEST(CometSettings, WorkMakesBlocksOnDemandAndComputeOnTime) {
  CometSettings settings;
  EXPECT_THAT(config_toml(settings), HasSubstr("create_empty_blocks = false\n"
                                               "create_empty_blocks_interval = \"30000ms\"\n"
                                               "timeout_commit = \"500ms\""));
  settings.cadence = Cadence::compute;
  EXPECT_THAT(config_toml(settings), HasSubstr("create_empty_blocks = true\n"
                                               "create_empty_blocks_interval = \"0s\"\n"
                                               "timeout_commit = \"4950ms\""));
}

TEST(CometSettings, OnlyAPrivateNetworkTakesLoopbackPeers) {
  CometSettings settings;
  EXPECT_THAT(config_toml(settings), Not(HasSubstr("allow_duplicate_ip")));
  settings.private_net = true;
  EXPECT_THAT(config_toml(settings), HasSubstr("allow_duplicate_ip = true"));
}

TEST(CometSettings, ARemoteSignerAndStateSyncAreNamedWhereAsked) {
  CometSettings settings;
  settings.remote_signer = "tcp://127.0.0.1:26659";
  settings.state_sync = {{"a:1", "b:2"}, 7, "AB"};
  const auto text = config_toml(settings);
  EXPECT_THAT(text, HasSubstr("priv_validator_laddr = \"tcp://127.0.0.1:26659\""));
  EXPECT_THAT(text, HasSubstr("rpc_servers = \"a:1,b:2\"\ntrust_height = 7"));
}

TEST(CometSettings, WordsOfPeopleCannotBreakTheFile) {
  CometSettings settings;
  settings.moniker = "a\"b\\c";
  EXPECT_THAT(config_toml(settings), HasSubstr("moniker = \"a\\\"b\\\\c\""));
}

// Node key, consensus key and operator's account are three.
TEST(CometHome, KeysAreMadeOnceAndDiffer) {
  const CometHome home{scratch_folder("comet-home")};
  SeededRandom random(5);
  const auto keys = make_comet_home(home, random).value();
  EXPECT_NE(keys.node_id, to_hex(consensus_address(keys.consensus)));
  const auto again = make_comet_home(home, random).value();
  EXPECT_EQ(again.node_id, keys.node_id);
  EXPECT_EQ(again.consensus, keys.consensus);
  using std::filesystem::perms;
  EXPECT_EQ(std::filesystem::status(home.validator_key()).permissions(),
            perms::owner_read | perms::owner_write);
  std::filesystem::remove_all(home.root);
}

TEST(CometHome, ItsGenesisNamesOurs) {
  chain::v1::Genesis genesis;
  genesis.set_chain_id("test-1");
  genesis.set_time_ms(1'795'256'821'629);
  genesis.set_initial_height(5);
  const auto text = consensus_genesis_json({genesis, Hash{}, {{Bytes(32, 1), 7}}, 0});
  EXPECT_THAT(text, HasSubstr(Hash{}.hex()));
  EXPECT_THAT(text, HasSubstr("\"genesis_time\": \"2026-11-21T"));
  EXPECT_THAT(text, HasSubstr("\"initial_height\": \"5\""));
  EXPECT_THAT(text, HasSubstr("\"power\": \"7\""));
}

}  // namespace
}  // namespace cambium::engine
