#include "chain/modules/interchain/interchain.hpp"

#include <gtest/gtest.h>

#include "chain/modules/datasets/datasets.hpp"
#include "chain/modules/rewards/rewards.hpp"
#include "chain/modules/testing/expert_story.hpp"

namespace cambium::chain::interchain {
namespace {

using namespace testing;

class Interchain : public ::testing::Test, protected ExpertStory {
 protected:
  const Actor honest = actor("operator");

  void approve_dataset() {
    dpb::Register offer;
    offer.set_id("kernel-docs");
    offer.set_version("1");
    offer.set_licence("GPL-2.0-only");
    offer.set_size_bytes(1000);
    offer.set_samples(10);
    offer.set_merkle_root(digest("samples"));
    on(utility, step(contributor, offer));
    dpb::Approve approve;
    approve.set_id("kernel-docs");
    approve.set_version("1");
    approve.set_tier(dpb::TIER_GOLD);
    on(utility, step(actor("erin"), approve), fails(not_authorised));
    on(utility, step(owner, approve));
    on(utility, step(owner, approve), fails(dataset_decided));
  }
};

TEST_F(Interchain, AnApprovedDatasetCrossesByProof) {
  approve_dataset();
  ASSERT_EQ(pending(utility).size(), 1u);
  EXPECT_FALSE(datasets::approved(compute.read(), "kernel-docs@1"));
  relay(utility, compute);
  const auto here = datasets::approved(compute.read(), "kernel-docs@1");
  ASSERT_TRUE(here);
  EXPECT_TRUE(here->foreign());
  EXPECT_EQ(here->contributor(), contributor.field());
  EXPECT_TRUE(pending(utility).empty()) << "acknowledged";
}

TEST_F(Interchain, APacketIsDeliveredOnceAndOnlyAsItWasSent) {
  approve_dataset();
  const auto packet = pending(utility).front();
  on(compute, step(relayer, delivery(utility, packet)), fails(consensus_unknown));
  on(compute, step(relayer, update(utility, honest)));
  auto altered = delivery(utility, packet);
  altered.mutable_packet()->mutable_payloads(0)->set_value("something else");
  on(compute, step(relayer, altered), fails(bad_proof));
  auto bent = delivery(utility, packet);
  (*bent.mutable_proof())[bent.proof().size() / 2] ^= 1;
  on(compute, step(relayer, bent), fails(bad_proof));
  auto elsewhere = delivery(utility, packet);
  elsewhere.mutable_packet()->set_source_client("another");
  on(compute, step(relayer, elsewhere), fails(wrong_counterparty));
  on(compute, step(relayer, delivery(utility, packet)));
  on(compute, step(relayer, delivery(utility, packet)), fails(packet_received));
}

TEST_F(Interchain, OnlyTheOperatorsHeadersCountAndOnlyForward) {
  on(compute, step(relayer, update(utility, actor("mallory"))), fails(header_invalid));
  on(compute, step(relayer, update(compute, honest)), fails(header_invalid));
  on(compute, step(relayer, update(utility, honest)));
  on(compute, step(relayer, update(utility, honest)), fails(header_not_newer));
}

TEST_F(Interchain, TwoHeadersOfOneHeightFreezeTheClient) {
  approve_dataset();
  const auto packet = pending(utility).front();
  on(compute, step(relayer, update(utility, honest)));
  pb::SubmitMisbehaviour evidence;
  evidence.set_client(kClient);
  *evidence.mutable_first() = header(utility, honest);
  utility.seal();
  *evidence.mutable_second() = header(utility, honest);
  on(compute, step(relayer, evidence), fails(no_misbehaviour));
  // The same height with another root, as a forking operator would sign it.
  ExpertStory fork;
  while (fork.utility.height() < utility.height()) fork.utility.seal();
  *evidence.mutable_first() = fork.header(fork.utility, honest);
  on(compute, step(relayer, evidence));
  on(compute, step(relayer, delivery(utility, packet)), fails(client_frozen));
}

TEST_F(Interchain, ATimeoutNeedsAProofOfAbsenceAtALateEnoughHeader) {
  approve_dataset();
  const auto packet = pending(utility).front();
  const auto claim = [&] {
    pb::Timeout timeout;
    *timeout.mutable_packet() = packet;
    timeout.set_proof(absence_proof(compute, packet.sequence()));
    timeout.set_proof_height(compute.height().value + 1);
    return timeout;
  };
  compute.seal();
  on(utility, step(relayer, update(compute, honest)));
  on(utility, step(relayer, claim()), fails(packet_not_timed_out));
  compute.advance(25 * 3'600'000);
  compute.seal();
  on(utility, step(relayer, update(compute, honest)));
  on(utility, step(relayer, claim()));
  EXPECT_TRUE(pending(utility).empty());
  on(compute, step(relayer, update(utility, honest)));
  on(compute, step(relayer, delivery(utility, packet)), fails(packet_timed_out));
}

}  // namespace
}  // namespace cambium::chain::interchain
