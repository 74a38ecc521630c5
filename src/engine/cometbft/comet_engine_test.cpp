#include "engine/cometbft/comet_engine.hpp"

#include <gtest/gtest.h>
#include <signal.h>

#include <tendermint/types/types.pb.h>

#include "chain/records.hpp"
#include "engine/cometbft/light/verify.hpp"
#include "engine/cometbft/testing/comet_network.hpp"
#include "state/proof.hpp"

namespace cambium::engine {
namespace {

using testing::CometNetwork;

class RealCometBft : public ::testing::Test {
 protected:
  void SetUp() override {
    if (!CometNetwork::possible()) GTEST_SKIP() << "cometbft is not installed; run tools/setup";
  }
};

// H/CS-02: one validator from its genesis to a proven transaction.
TEST_F(RealCometBft, ATransactionIsOrderedExecutedAndProven) {
  CometNetwork net(1);
  ASSERT_TRUE(net.reaches(0, 1));
  const auto outcome = net.send(0);
  ASSERT_TRUE(outcome) << outcome.error().message;
  EXPECT_EQ(outcome->status(), chain::TxStatus::ok);
  EXPECT_EQ(net.bob_has(0), 1u);
  ASSERT_TRUE(net.reaches(0, outcome->height.value + 1));
  const auto proven = net.node(0).prove_at(chain::kParams.key({}), outcome->height);
  ASSERT_TRUE(proven) << proven.error().message;
  EXPECT_TRUE(state::verify(proven->proof, proven->root, {proven->key, *proven->value}));
  tendermint::types::LightBlock light;
  ASSERT_TRUE(light.ParseFromString(to_string(proven->light_block)));
  EXPECT_EQ(light.signed_header().header().app_hash(), to_string(proven->root));
  const NativeVerifier verifier;
  const auto facts = verify_light_block(light, "test-1", verifier);
  ASSERT_TRUE(facts) << facts.error().message;
  EXPECT_EQ(facts->state_root, proven->root);
  EXPECT_EQ(facts->block_hash, net.node(0).block(facts->height).value()->hash);

  EXPECT_FALSE(verify_light_block(light, "test-2", verifier));
  auto bent = light;
  bent.mutable_signed_header()->mutable_header()->set_app_hash(std::string(32, 'x'));
  EXPECT_FALSE(verify_light_block(bent, "test-1", verifier));
  bent = light;
  bent.mutable_signed_header()->mutable_commit()->mutable_signatures(0)->set_block_id_flag(
      tendermint::types::BLOCK_ID_FLAG_ABSENT);
  EXPECT_FALSE(verify_light_block(bent, "test-1", verifier));
  bent = light;
  bent.mutable_signed_header()->mutable_commit()->mutable_signatures(0)->mutable_signature()
      ->at(3) ^= 1;
  EXPECT_FALSE(verify_light_block(bent, "test-1", verifier));
  bent = light;
  bent.mutable_validator_set()->mutable_validators(0)->set_voting_power(7);
  EXPECT_FALSE(verify_light_block(bent, "test-1", verifier));
}

// H/CS-02: what was final before a kill is final after it, and is not done again.
TEST_F(RealCometBft, GoesOnAfterItsChildIsKilledAndAfterItsOwnRestart) {
  CometNetwork net(1);
  ASSERT_TRUE(net.reaches(0, 1));
  ASSERT_TRUE(net.send(0));
  ::kill(net.child(0), SIGKILL);
  const auto height = net.node(0).status().height.value;
  ASSERT_TRUE(net.reaches(0, height + 1));
  Result<TxOutcome> again = net.send(0);
  ASSERT_TRUE(again) << again.error().message;
  net.stop(0);
  net.start(0);
  EXPECT_EQ(net.bob_has(0), 2u);
  ASSERT_TRUE(net.reaches(0, again->height.value + 1));
}

// H/CS-02: one of four may be away, two may not, and all agree on the state.
TEST_F(RealCometBft, FourValidatorsAgreeGoOnWithoutOneAndWaitWithoutTwo) {
  CometNetwork net(4);
  ASSERT_TRUE(net.reaches(0, 2));
  const auto began = std::chrono::steady_clock::now();
  const auto first = net.send(0);
  ASSERT_TRUE(first) << first.error().message;
  EXPECT_LT(std::chrono::steady_clock::now() - began, std::chrono::seconds(3));

  net.stop(3);
  const auto without_one = net.send(1);
  ASSERT_TRUE(without_one) << without_one.error().message;
  net.stop(2);
  const auto stuck = net.node(0).status().height.value;
  EXPECT_FALSE(net.reaches(0, stuck + 3, 6));
  net.start(2);
  net.start(3);
  const auto together = net.send(0);
  ASSERT_TRUE(together) << together.error().message;
  const auto height = together->height.next();
  for (std::size_t i = 0; i < 4; ++i) {
    ASSERT_TRUE(net.reaches(i, height.value));
    EXPECT_EQ(net.bob_has(i), 3u);
    EXPECT_EQ(net.node(i).state_at(height)->root(), net.node(0).state_at(height)->root());
    EXPECT_EQ(net.node(i).block(height).value()->hash, net.node(0).block(height).value()->hash);
  }
}

}  // namespace
}  // namespace cambium::engine
