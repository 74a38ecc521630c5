// Coins leave the treasury by a passed proposal only: payments, streams, milestones (H/GO-02).
#include "chain/modules/testing/governance_story.hpp"
#include "chain/modules/treasury/treasury.hpp"

namespace cambium::chain::testing {
namespace {

tpb::Pay pay(const Actor& to, std::uint64_t whole_cbm) {
  tpb::Pay msg;
  msg.set_to(to.field());
  msg.set_amount_ucbm(cbm(whole_cbm).ucbm);
  return msg;
}

tpb::OpenStream stream(const GovernanceStory& s, std::uint64_t whole_cbm) {
  tpb::OpenStream msg;
  msg.set_to(s.bob.field());
  msg.set_amount_ucbm(cbm(whole_cbm).ucbm);
  msg.set_start_ms(s.w.info().time.value + 8 * kStoryDayMs);
  msg.set_end_ms(msg.start_ms() + 10 * kStoryDayMs);
  return msg;
}

Step claim(const Actor& who, std::uint64_t id) {
  tpb::ClaimStream msg;
  msg.set_stream(id);
  return step(who, msg);
}

std::uint64_t promised(const GovernanceStory& s) {
  return treasury::kBook.get_or_default(s.w.read(), {}).promised_ucbm();
}
std::uint64_t free_cbm(const GovernanceStory& s) {
  return treasury::free_ucbm(s.w.read()) / kUcbmPerCbm;
}

TEST(Treasury, PaysByProposalOnly) {  // H/GO-02
  GovernanceStory s;
  auto msg = pay(s.bob, 100);
  msg.set_to("short");
  s.w(step(s.alice, msg), fails(bad_address));
  msg.set_to(to_field(module_address("treasury")));
  s.w(step(s.alice, msg), fails(self_transfer));
  s.w(step(s.alice, pay(s.bob, 0)), fails(bad_amount));
  s.w(step(s.alice, pay(s.bob, 100)), fails(not_by_proposal));
  const auto before = s.w.balance(s.bob);
  s.pass({message_action(pay(s.bob, 100))});
  EXPECT_EQ(s.w.balance(s.bob) - before, cbm(100).ucbm);
}

TEST(Treasury, AStreamRunsByTheSecondAndIsClaimedWhenever) {
  GovernanceStory s;
  const auto opened = stream(s, 1'000);
  s.pass({message_action(opened)});
  EXPECT_EQ(promised(s), cbm(1'000).ucbm);
  s.w(claim(s.alice, 1), fails(nothing_to_claim));
  s.w(claim(s.alice, 2), fails(stream_not_found));
  s.w.advance(opened.start_ms() + 4 * kStoryDayMs - s.w.info().time.value - 1'000);
  const auto before = s.w.balance(s.bob);
  s.w(claim(s.alice, 1));  // anyone may ask
  EXPECT_EQ(s.w.balance(s.bob) - before, cbm(400).ucbm);
  s.w.advance(100 * kStoryDayMs);
  s.w(claim(s.alice, 1));
  EXPECT_EQ(s.w.balance(s.bob) - before, cbm(1'000).ucbm);
  EXPECT_EQ(promised(s), 0u);
  s.w(claim(s.alice, 1), fails(stream_not_found));
}

TEST(Treasury, AStoppedStreamPaysWhatHasRun) {
  GovernanceStory s;
  s.pass({message_action(stream(s, 1'000))});
  tpb::StopStream stop;
  stop.set_stream(1);
  s.w(step(s.alice, stop), fails(not_by_proposal));
  const auto before = s.w.balance(s.bob);
  s.pass({message_action(stop)});
  const auto paid = s.w.balance(s.bob) - before;
  EXPECT_GT(paid, cbm(590).ucbm);
  EXPECT_LT(paid, cbm(620).ucbm);
  EXPECT_EQ(promised(s), 0u);
}

TEST(Treasury, NothingIsPromisedTwice) {
  GovernanceStory s;
  s.pass({message_action(stream(s, 9'000))});
  s.w(send(s.alice, s.bob, 1));
  const auto id = s.propose({message_action(pay(s.bob, 2'000))});
  for (int i = 1; i <= 3; ++i) s.vote(s.validator(i), id, gpb::CHOICE_YES);
  s.end_vote(id);
  EXPECT_EQ(TxStatus(s.proposal(id).failure()), treasury_short);
  EXPECT_EQ(free_cbm(s), 1'000u);
}

class Grants : public ::testing::Test {
 protected:
  Grants() {
    tpb::OpenGrant grant;
    grant.set_to(s.bob.field());
    for (const auto amount : {100u, 200u, 300u}) {
      auto* milestone = grant.add_milestones();
      milestone->set_title("part");
      milestone->set_amount_ucbm(cbm(amount).ucbm);
    }
    grant.mutable_milestones(2)->set_due_ms(s.w.info().time.value + 30 * kStoryDayMs);
    std::vector<std::string> reviewers = {s.alice.field(), s.carol.field(), s.dave.field()};
    std::ranges::sort(reviewers);
    for (const auto& reviewer : reviewers) grant.add_reviewers(reviewer);
    grant.set_needed(2);
    s.pass({message_action(grant)});
  }
  Step release(const Actor& who, std::uint32_t milestone) {
    tpb::ReleaseMilestone msg;
    msg.set_grant(1);
    msg.set_milestone(milestone);
    return step(who, msg);
  }
  Step stop(const Actor& who) {
    tpb::StopGrant msg;
    msg.set_grant(1);
    return step(who, msg);
  }
  GovernanceStory s;
};

TEST_F(Grants, ReviewersReleaseMilestones) {
  s.w(release(s.alice, 4), fails(funding_not_found));
  s.w(release(s.bob, 1), fails(not_a_reviewer));
  const auto before = s.w.balance(s.bob);
  s.w(release(s.alice, 1));
  EXPECT_EQ(s.w.balance(s.bob), before) << "two must say so";
  s.w(release(s.alice, 1), fails(already_reviewed));
  s.w(release(s.carol, 1));
  EXPECT_EQ(s.w.balance(s.bob) - before, cbm(100).ucbm);
  s.w(release(s.dave, 1), fails(milestone_closed));
  EXPECT_EQ(promised(s), cbm(500).ucbm);
}

TEST_F(Grants, AProposalReleasesAloneAndOverdueCoinsReturn) {
  tpb::ReleaseMilestone msg;
  msg.set_grant(1);
  msg.set_milestone(2);
  const auto before = s.w.balance(s.bob);
  s.pass({message_action(msg)});
  EXPECT_EQ(s.w.balance(s.bob) - before, cbm(200).ucbm);
  s.w(stop(s.alice), fails(deadline_not_passed));
  s.w.advance(30 * kStoryDayMs);
  s.w(release(s.alice, 3), fails(deadline_passed));
  s.w(stop(s.alice));
  EXPECT_EQ(promised(s), cbm(100).ucbm) << "the first milestone has no deadline";
}

}  // namespace
}  // namespace cambium::chain::testing
