// The beacon on real CometBFT processes.
#include <gtest/gtest.h>

#include "engine/cometbft/testing/comet_network.hpp"

namespace cambium::engine {
namespace {

using testing::CometNetwork;

chain::v1::Header header_at(CometNetwork& net, std::size_t node, std::uint64_t height) {
  if (!net.reaches(node, height, 90)) return {};
  const auto block = net.node(node).block({height});
  return block ? (*block)->header : chain::v1::Header{};
}

// H/CS-02: a key is made by messages, and from then on blocks begin with the votes and their round.
TEST(BeaconNetwork, ThreeValidatorsMakeAKeyAndEveryBlockCarriesARound) {
  if (!CometNetwork::possible()) GTEST_SKIP() << "cometbft is not installed; run tools/setup";
  CometNetwork net(3, Cadence::work, CometNetwork::Votes::extended);
  ASSERT_TRUE(net.reaches(0, 1, 90));
  chain::v1::Header newest;
  for (int i = 0; i < 200 && newest.beacon_kind() != chain::v1::BEACON_KIND_THRESHOLD; ++i) {
    net.serve_beacon();
    const auto moved = net.send(0);  // a block, so that the windows end
    ASSERT_TRUE(moved) << moved.error().message;
    newest = header_at(net, 0, moved->height.value);
  }
  ASSERT_EQ(newest.beacon_kind(), chain::v1::BEACON_KIND_THRESHOLD) << "no group was made";
  const auto sent = net.send(1);
  ASSERT_TRUE(sent) << sent.error().message;
  const auto round = header_at(net, 0, sent->height.value);
  EXPECT_EQ(round.beacon_kind(), chain::v1::BEACON_KIND_THRESHOLD);
  EXPECT_EQ(round.beacon().size(), 32u);
  EXPECT_EQ(header_at(net, 2, sent->height.value).beacon(), round.beacon());
  EXPECT_NE(header_at(net, 0, sent->height.value + 1).beacon(), round.beacon());
}

}  // namespace
}  // namespace cambium::engine
