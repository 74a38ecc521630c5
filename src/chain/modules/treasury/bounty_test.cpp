// Bounties, reviews, disputes and appeals (H/GO-02).
#include "chain/modules/governance/votes/tier.hpp"
#include "chain/modules/testing/governance_story.hpp"
#include "chain/modules/treasury/treasury.hpp"

namespace cambium::chain::testing {
namespace {

Actor validator(int i) { return actor("v" + std::to_string(i)); }

/// A bounty of 1000 CBM with three reviewers, two of whom must agree; twelve validators arbitrate,
/// because there are no nodes of tier 3.
class Bounties : public ::testing::Test {
 protected:
  Bounties() {
    tpb::OpenBounty bounty;
    bounty.set_title("A faster kernel");
    bounty.set_amount_ucbm(cbm(1'000).ucbm);
    bounty.set_deadline_ms(s.w.info().time.value + 60 * kStoryDayMs);
    std::vector<std::string> reviewers = {s.alice.field(), s.carol.field(), s.dave.field()};
    std::ranges::sort(reviewers);
    for (const auto& reviewer : reviewers) bounty.add_reviewers(reviewer);
    bounty.set_needed(2);
    const auto id = s.propose({message_action(bounty)});
    for (int i = 1; i <= 9; ++i) s.vote(validator(i), id, gpb::CHOICE_YES);
    s.end_vote(id);
    EXPECT_EQ(s.status_text(id), "STATUS_PASSED");
  }
  Step submit(const Actor& who) {
    tpb::SubmitWork msg;
    msg.set_bounty(1);
    msg.set_hash(std::string(32, 'w'));
    return step(who, msg);
  }
  Step review(const Actor& who, const Actor& whose, bool accept) {
    tpb::ReviewWork msg;
    msg.set_bounty(1);
    msg.set_claimant(whose.field());
    msg.set_accept(accept);
    return step(who, msg);
  }
  Step dispute(const Actor& who) {
    tpb::OpenDispute msg;
    msg.set_bounty(1);
    return step(who, msg);
  }
  Step close_bounty() {
    tpb::CloseBounty msg;
    msg.set_bounty(1);
    return step(s.alice, msg);
  }
  Step appeal(const Actor& who) {
    tpb::Appeal msg;
    msg.set_dispute(1);
    return step(who, msg);
  }
  tpb::Dispute now() { return treasury::kDisputes.get_or_default(s.w.read(), {1}); }
  /// Arbitrators of the panel rule until the round is over.
  void rule(bool for_claimant) {
    for (int i = 1; i <= 12 && now().status() == tpb::DISPUTE_STATUS_RULING; ++i) {
      const auto panel = now().panel();
      if (std::ranges::find(panel, validator(i).field()) == panel.end()) continue;
      tpb::Rule msg;
      msg.set_dispute(1);
      msg.set_for_claimant(for_claimant);
      s.w(step(validator(i), msg));
    }
  }
  void refuse_bob() {
    s.w(submit(s.bob));
    s.w(review(s.alice, s.bob, false));
    s.w(review(s.carol, s.bob, false));
  }
  std::uint64_t promised() {
    return treasury::kBook.get_or_default(s.w.read(), {}).promised_ucbm();
  }
  GovernanceStory s{{.validators = 12}};
};

TEST_F(Bounties, ArePaidOnAcceptance) {
  s.w(submit(s.bob));
  s.w(submit(s.bob), fails(already_submitted));
  s.w(review(s.bob, s.bob, true), fails(not_a_reviewer));
  s.w(review(s.alice, s.dave, true), fails(submission_not_found));
  s.w(review(s.alice, s.bob, true));
  s.w(review(s.alice, s.bob, true), fails(already_reviewed));
  const auto before = s.w.balance(s.bob);
  s.w(review(s.dave, s.bob, true));
  EXPECT_EQ(s.w.balance(s.bob) - before, cbm(1'000).ucbm);
  EXPECT_EQ(promised(), 0u);
  s.w(submit(s.carol), fails(bounty_closed));
  s.w(close_bounty(), fails(bounty_closed));
}

TEST_F(Bounties, ComeBackWhenNobodyCanWinThemAnyMore) {
  s.w(close_bounty(), fails(deadline_not_passed));
  s.w.advance(61 * kStoryDayMs);
  s.w(submit(s.bob), fails(deadline_passed));
  s.w(close_bounty(), fails(deadline_not_passed));  // reviews and disputes have their time
  s.w.advance(21 * kStoryDayMs);
  s.w(close_bounty());
  EXPECT_EQ(promised(), 0u);
}

TEST_F(Bounties, ADrawnPanelDecidesADispute) {
  s.w(submit(s.bob));
  s.w(dispute(s.bob), fails(deadline_not_passed));  // silence may be disputed after 14 days
  s.w(review(s.alice, s.bob, false));
  s.w(review(s.carol, s.bob, false));
  s.w(dispute(s.dave), fails(submission_not_found));
  s.w(dispute(s.bob));
  EXPECT_EQ(now().status(), tpb::DISPUTE_STATUS_DRAWING) << "the next block's beacon draws";
  s.w(dispute(s.bob), fails(dispute_open));
  EXPECT_EQ(now().panel_size(), 3);
  s.w(review(s.dave, s.bob, true), fails(dispute_open));
  tpb::Rule outsider;
  outsider.set_dispute(1);
  s.w(step(s.alice, outsider), fails(not_an_arbitrator));
  const auto before = s.w.balance(s.bob);
  rule(true);
  EXPECT_EQ(now().status(), tpb::DISPUTE_STATUS_APPEALABLE);
  EXPECT_EQ(s.w.balance(s.bob) - before, cbm(100).ucbm) << "his deposit, for he was right";
  s.w.advance(3 * kStoryDayMs);
  s.w.seal();
  EXPECT_EQ(now().status(), tpb::DISPUTE_STATUS_FINAL);
  EXPECT_EQ(s.w.balance(s.bob) - before, cbm(1'100).ucbm);
  s.w(appeal(s.alice), fails(ruling_final));
}

TEST_F(Bounties, AThresholdRoundDrawsTwoBlocksAfterItWasAskedFor) {
  refuse_bob();
  s.w.draw_by(v1::BEACON_KIND_THRESHOLD, Bytes(32, 7));
  s.w(dispute(s.bob));
  s.w.seal();  // carries the round of the asking block, whose writer may have known it
  EXPECT_EQ(now().status(), tpb::DISPUTE_STATUS_DRAWING);
  s.w.draw_by(v1::BEACON_KIND_THRESHOLD, {});
  s.w.seal();
  EXPECT_EQ(now().status(), tpb::DISPUTE_STATUS_DRAWING) << "too few shares signed";
  s.w.draw_by(v1::BEACON_KIND_THRESHOLD, Bytes(32, 8));
  s.w.seal();
  EXPECT_EQ(now().status(), tpb::DISPUTE_STATUS_RULING);
  EXPECT_EQ(now().beacon_kind(), v1::BEACON_KIND_THRESHOLD);
}

TEST_F(Bounties, AnAppealDoublesThePanelAtTheLosersDeposit) {
  refuse_bob();
  s.w(dispute(s.bob));
  s.w.seal();
  const auto first = now().panel();
  rule(true);
  s.w(appeal(s.bob), fails(not_a_party));
  const auto before = s.w.balance(s.alice);
  s.w(appeal(s.alice));
  EXPECT_GE(before - s.w.balance(s.alice), cbm(200).ucbm) << "twice the first deposit";
  s.w.seal();
  ASSERT_EQ(now().panel_size(), 6);
  for (const auto& again : first) {
    EXPECT_EQ(std::ranges::count(now().panel(), again), 0) << "nobody sits twice";
  }
  rule(false);
  EXPECT_EQ(now().status(), tpb::DISPUTE_STATUS_FINAL) << "two rounds are all";
  EXPECT_FALSE(now().claimant_won());
  EXPECT_EQ(promised(), cbm(1'000).ucbm) << "the bounty stays open to others";
}

TEST_F(Bounties, SilentArbitratorsLeaveTheReviewersWord) {
  refuse_bob();
  const auto before = s.w.balance(s.bob);
  s.w(dispute(s.bob));
  s.w.seal();
  s.w.advance(3 * kStoryDayMs);
  s.w.seal();
  EXPECT_FALSE(now().claimant_won());
  EXPECT_LT(before - s.w.balance(s.bob), cbm(1).ucbm) << "nobody served, nobody is paid";
  s.w.advance(8 * kStoryDayMs);
  s.w.seal();
  EXPECT_EQ(now().status(), tpb::DISPUTE_STATUS_FINAL);
}

TEST(Arbitrators, AreOfTierThreeWhereThereAreNine) {  // O/GV-01
  std::vector<StoryNode> nodes;
  for (int i = 0; i < 9; ++i) nodes.push_back({"n" + std::to_string(i), kNano / 10 * 9, 100});
  nodes.push_back({"alice", kNano / 10 * 9, 100});
  GovernanceStory s({}, nodes);
  nodes.pop_back();
  EXPECT_EQ(governance::arbitrators(s.w.read(), 9).size(), 4u) << "the validators stand in";
  std::vector<gpb::Action> audits;
  for (const auto& node : nodes) {
    gpb::Action action;
    action.mutable_audit()->set_account(actor(node.who).field());
    action.mutable_audit()->set_passed(true);
    audits.push_back(action);
  }
  const auto id = s.propose_on(s.alice, gpb::TRACK_TIER, audits);
  s.vote(s.alice, id, gpb::CHOICE_YES);
  s.end_vote(id);
  EXPECT_EQ(governance::arbitrators(s.w.read(), 9).size(), 9u);
  EXPECT_EQ(governance::arbitrators(s.w.read(), 10).size(), 4u);
}

}  // namespace
}  // namespace cambium::chain::testing
