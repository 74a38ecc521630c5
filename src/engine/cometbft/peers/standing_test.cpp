// Peers of one name that stand on something else, told apart before they wait for each other.
#include "engine/cometbft/peers/standing.hpp"

#include <gmock/gmock.h>

#include <nlohmann/json.hpp>

namespace cambium::engine {
namespace {

using ::testing::HasSubstr;
using Json = nlohmann::json;

const Standing kMine{"cambium-utility-2", Hash{{1}}};

Json met(const std::vector<std::string>& names) {
  Json peers = Json::array();
  for (const auto& name : names) {
    peers.push_back({{"remote_ip", "10.0.0.7"}, {"node_info", {{"moniker", name}}}});
  }
  return {{"n_peers", "1"}, {"peers", peers}};
}

TEST(Standing, APeerOnAnotherGenesisIsNamed) {
  const auto said = other_genesis(
      met({peer_name("good", kMine.genesis), peer_name("bad one", Hash{{2}})}), kMine);
  ASSERT_EQ(said.size(), 1u);
  EXPECT_THAT(said[0], HasSubstr("The peer bad one (10.0.0.7) stands on the genesis 02000000"));
  EXPECT_THAT(said[0], HasSubstr("this node on 01000000"));
}

TEST(Standing, NamesThatTellNothingArePassedOver) {
  for (const auto* name : {"", "alice", "x [genesis ]", "x [genesis 12345678]", "[genesis "}) {
    EXPECT_TRUE(other_genesis(met({name}), kMine).empty()) << name;
  }
  EXPECT_TRUE(other_genesis(Json("no answer"), kMine).empty());
  EXPECT_TRUE(other_genesis({{"peers", {1, "2"}}}, kMine).empty());
}

std::string turned_away(const std::string& theirs) {
  return R"({"level":"error","msg":"Error dialing peer","err":"incompatible: peer is on a )"
         R"(different network. Got )" + theirs + R"(, expected cambium-utility-2"})";
}

TEST(Standing, OneLeftBehindLearnsHowToFollow) {
  const auto said = other_network(turned_away("cambium-utility-10"), kMine);
  EXPECT_THAT(said.value(), HasSubstr("cambium snapshot restore --genesis"));
}

TEST(Standing, ThoseThatWentOnLearnWhoIsBehindOrAStranger) {
  EXPECT_THAT(other_network(turned_away("cambium-utility-1"), kMine).value(),
              HasSubstr("still has cambium-utility-1"));
  EXPECT_THAT(other_network(turned_away("strange-7"), kMine).value(),
              HasSubstr("another chain, strange-7"));
  EXPECT_FALSE(other_network("committed a block", kMine));
}

}  // namespace
}  // namespace cambium::engine
