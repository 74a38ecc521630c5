#include <gtest/gtest.h>

#include "chain/modules/evaluation/draw.hpp"
#include "chain/modules/evaluation/evaluation.hpp"
#include "chain/modules/evaluation/trust.hpp"
#include "chain/modules/models/models.hpp"
#include "chain/modules/testing/expert_story.hpp"

namespace cambium::chain::evaluation {
namespace {

using namespace testing;

class Evaluation : public ::testing::Test, protected ExpertStory {
 protected:
  Evaluation() {
    open_model();
    bond(evaluator);
  }
  pb::Evaluator bond_of(const Actor& who) {
    return kEvaluators.get_or_default(compute.read(), {who.address()});
  }
  pb::Contributor trust_of(const Actor& who) {
    return kContributors.get_or_default(compute.read(), {who.address()});
  }
};

TEST_F(Evaluation, AnExpertThatGainsMovesTheIndex_B_POL_02_B_CORE_12_13) {
  const auto before = model();
  const auto done = story(trainer, offer(trainer, lease(trainer, 0), "good"), report({}));
  EXPECT_EQ(done.status(), pb::CANDIDATE_STATUS_ACCEPTED);
  EXPECT_NE(model().index_root(), before.index_root());
  EXPECT_EQ(done.verdict().head_after(), model().index_root());
  EXPECT_EQ(model().contributed_experts(), 1u);
  EXPECT_EQ(model().version().patch(), 1u);
  EXPECT_EQ(trust_of(trainer).pol_credits(), kCreditsAccepted);
  EXPECT_EQ(trust_of(evaluator).pol_credits(), kCreditsEvaluation);
  EXPECT_EQ(bond_of(evaluator).open_seats(), 0u);
}

TEST_F(Evaluation, RefusalsNameTheReasonAndTheNumbers_B_POL_02_06) {
  const auto slot = lease(trainer, 0);
  const auto head = model().index_root();
  const auto refused = [&](const std::string& payload, const pb::Report& report) {
    const auto done = story(trainer, offer(trainer, slot, payload), report);
    EXPECT_EQ(done.status(), pb::CANDIDATE_STATUS_REJECTED);
    return done.verdict();
  };
  EXPECT_EQ(refused("noise", report({.code_public = 1})).reason(), pb::REASON_NO_GAIN);
  EXPECT_EQ(refused("overfit", report({.code_hidden = 3})).half(), pb::HALF_HIDDEN);
  const auto harm = refused("harmful", report({.law_hidden = -50}));
  EXPECT_EQ(harm.reason(), pb::REASON_HARM);
  EXPECT_EQ(harm.slice(), "law");
  EXPECT_GT(harm.measured_nano(), 50 * kMilliNat);
  const auto copy = refused("copy", gate_refusal(pb::REASON_SIMILAR_TO_EARLIER_COMMIT));
  EXPECT_EQ(copy.measured_nano(), 990 * kMilliNat);
  EXPECT_EQ(model().index_root(), head) << "nothing moved";
}

TEST_F(Evaluation, ACopiedCommitmentOrAnotherOpeningIsRefused) {
  const auto mine = offer(trainer, lease(trainer, 0), "mine");
  const auto id = commit(trainer, mine);
  commit(trainer, mine, fails(commitment_used));
  reveal(owner, id, offer(owner, "layer0.expert2", "mine"), fails(not_the_candidates_account));
  auto other = mine;
  other.headers[0].set_payload_root(digest("swapped"));
  reveal(trainer, id, other, fails(opening_mismatch));
  reveal(trainer, id, mine);
  reveal(trainer, id, mine, fails(wrong_step));
}

TEST_F(Evaluation, TheCommitWindowMustCloseFirst) {
  const auto mine = offer(trainer, lease(trainer, 0), "mine");
  const auto id = commit(trainer, mine);
  EXPECT_EQ(candidate(id).opens_height(), compute.height().value + 1);
  reveal(trainer, id, mine);
}

TEST_F(Evaluation, ASlotLeasedToAnotherIsRefused) {
  lease(owner, 0);
  const auto theirs = offer(trainer, "layer0.expert2", "theirs");
  reveal(trainer, commit(trainer, theirs), theirs, fails(slot_not_leased));
}

TEST_F(Evaluation, ACandidateThatIsNeverRevealedEnds) {
  const auto id = commit(trainer, offer(trainer, lease(trainer, 0), "forgotten"));
  for (int i = 0; i < 22; ++i) compute.seal();
  EXPECT_EQ(candidate(id).verdict().reason(), pb::REASON_NOT_REVEALED);
}

TEST_F(Evaluation, AnEvaluatorWhoDoesNotCommitLosesBondAndSeat) {
  bond(gateway);
  const auto mine = offer(trainer, lease(trainer, 0), "mine");
  const auto id = commit(trainer, mine);
  reveal(trainer, id, mine);
  compute.seal();
  const auto lazy = candidate(id).seats(0).account();
  for (int i = 0; i < 11; ++i) compute.seal();
  EXPECT_EQ(bond_of(lazy == evaluator.field() ? evaluator : gateway).bond_ucbm(), cbm(8).ucbm);
  ASSERT_EQ(candidate(id).seats_size(), 1);
  EXPECT_NE(candidate(id).seats(0).account(), lazy) << "an alternate took the seat";
}

TEST_F(Evaluation, AHeadThatMovedMeanwhileMeansMeasuringAgain) {
  const auto first = offer(trainer, lease(trainer, 0), "first");
  const auto second = offer(owner, lease(owner, 1), "second");
  const auto one = commit(trainer, first);
  const auto two = commit(owner, second);
  reveal(trainer, one, first);
  reveal(owner, two, second);
  compute.seal();
  const auto on_old_head = report({});
  measure(evaluator, one, on_old_head);
  EXPECT_EQ(candidate(one).status(), pb::CANDIDATE_STATUS_ACCEPTED);
  measure(evaluator, two, on_old_head);
  EXPECT_EQ(candidate(two).status(), pb::CANDIDATE_STATUS_DRAWING);
  compute.seal();
  EXPECT_EQ(candidate(two).attempt(), 2u);
  measure(evaluator, two, report({}));
  EXPECT_EQ(candidate(two).status(), pb::CANDIDATE_STATUS_ACCEPTED);
  EXPECT_EQ(model().contributed_experts(), 2u);
}

TEST_F(Evaluation, ABundleOfOneBlockALayerIsAcceptedAsOne) {
  Offer bundle;
  bundle.headers = {expert(trainer, lease(trainer, 0), "a"),
                    expert(trainer, lease(trainer, 1), "b")};
  const auto done = story(trainer, bundle, report({}));
  EXPECT_EQ(done.status(), pb::CANDIDATE_STATUS_ACCEPTED);
  EXPECT_EQ(model().contributed_experts(), 2u);
  std::swap(bundle.headers[0], bundle.headers[1]);
  reveal(trainer, commit(trainer, bundle), bundle, fails(bad_bundle));
}

TEST_F(Evaluation, ALaterVersionReplacesOnlyItsSlotAndNamesItsParent_B_CORE_07) {
  const auto slot = lease(trainer, 0);
  const auto v1 = story(trainer, offer(trainer, slot, "v1"), report({}));
  auto next = offer(trainer, slot, "v2");
  reveal(trainer, commit(trainer, next), next, fails(parent_not_current));
  const auto parent = to_field(models::block_id(as_bytes(v1.headers(0))));
  next = offer(trainer, slot, "v2 with parent");
  next.headers[0].set_parent(parent);
  next.headers[0].add_depends_on(parent);
  EXPECT_EQ(story(trainer, next, report({})).status(), pb::CANDIDATE_STATUS_ACCEPTED);
  EXPECT_EQ(model().contributed_experts(), 1u);
}

TEST_F(Evaluation, ANewbieOffersTwentyADay_B_POL_04) {
  const auto slot = lease(trainer, 0);
  for (int i = 0; i < 20; ++i) commit(trainer, offer(trainer, slot, "n" + std::to_string(i)));
  commit(trainer, offer(trainer, slot, "one more"), fails(quota_spent));
  compute.advance(86'400'000);
  commit(trainer, offer(trainer, slot, "tomorrow"));
}

TEST(Trust, ThreeSuccessesMakeTrustAndFiveFailuresEndIt_B_POL_04_05) {
  pb::Contributor who;
  who.set_used_today(3);
  for (int i = 0; i < 3; ++i) note_accepted(who);
  EXPECT_TRUE(who.trusted());
  EXPECT_EQ(who.used_today(), 0u) << "each success returns one quota credit";
  for (int i = 0; i < 5; ++i) note_refused(who);
  EXPECT_FALSE(who.trusted());
}

TEST(Draw, EveryoneIsDrawnAboutEquallyOftenAndOrderOfNamesDoesNotMatter) {
  std::vector<Address> four;
  for (const char* name : {"a", "b", "c", "d"}) four.push_back(actor(name).address());
  auto turned = four;
  std::ranges::reverse(turned);
  std::map<Address, int> first;
  for (std::uint32_t i = 0; i < 4'000; ++i) {
    const Draw draw{as_bytes("beacon"), i, 1};
    const auto order = draw_order(draw, four);
    ASSERT_EQ(order, draw_order(draw, turned));
    ++first[order.front()];
  }
  for (const auto& [who, times] : first) EXPECT_NEAR(times, 1'000, 120);
}

}  // namespace
}  // namespace cambium::chain::evaluation
