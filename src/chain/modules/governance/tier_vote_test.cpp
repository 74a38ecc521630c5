// The electorate of nodes: 1, 2 or 3 votes by tier (O/GV-01), and what it may decide (O/GV-02).
#include "chain/modules/governance/governance.hpp"
#include "chain/modules/governance/votes/tier.hpp"
#include "chain/modules/nodes/nodes.hpp"
#include "chain/modules/testing/governance_story.hpp"

namespace cambium::chain::testing {
namespace {

using enum gpb::Choice;

constexpr std::uint64_t kPercent = kNano / 100;

std::vector<StoryNode> three_tiers() {
  return {{"alice", 90 * kPercent, 100}, {"bob", 60 * kPercent, 40}, {"carol", 90 * kPercent, 10}};
}

gpb::Action audit(const Actor& whose, bool passed) {
  gpb::Action action;
  action.mutable_audit()->set_account(whose.field());
  action.mutable_audit()->set_passed(passed);
  return action;
}

gpb::Action council(std::vector<std::string> members) {
  std::ranges::sort(members);
  gpb::Action action;
  action.mutable_council_seats();
  for (const auto& member : members) action.mutable_council_seats()->add_members(member);
  return action;
}

std::uint32_t tier(const GovernanceStory& s, const Actor& who) {
  return governance::tier_of(s.w.read(), who.address());
}

TEST(TierVote, TiersAreReputationAgeAndAudit) {  // O/GV-01
  GovernanceStory s({}, three_tiers());
  EXPECT_EQ(tier(s, s.alice), 2u) << "tier 3 needs a passed audit";
  EXPECT_EQ(tier(s, s.bob), 2u);
  EXPECT_EQ(tier(s, s.carol), 1u) << "too young";
  EXPECT_EQ(tier(s, s.dave), 0u) << "no node";
  const auto id = s.propose_on(s.bob, gpb::TRACK_TIER, {audit(s.alice, true)});
  s.vote(s.bob, id, CHOICE_YES);
  s.end_vote(id);
  EXPECT_EQ(s.status_text(id), "STATUS_PASSED");
  EXPECT_EQ(tier(s, s.alice), 3u);
}

TEST(TierVote, VotesWeighTheTierAndTheMajorityDecides) {  // O/GV-01
  GovernanceStory s({}, three_tiers());
  auto id = s.propose_on(s.carol, gpb::TRACK_TIER, {council({s.dave.field()})});
  s.vote(s.alice, id, CHOICE_YES);
  s.vote(s.bob, id, CHOICE_NO);
  s.vote(s.carol, id, CHOICE_YES);
  s.end_vote(id);
  const auto sums = s.proposal(id).sums();
  EXPECT_EQ(sums.yes(), 3u);
  EXPECT_EQ(sums.no(), 2u);
  EXPECT_EQ(sums.electorate(), 5u);
  EXPECT_EQ(s.status_text(id), "STATUS_PASSED");
  EXPECT_EQ(governance::kCouncil.get_or_default(s.w.read(), {}).members(0), s.dave.field());

  id = s.propose_on(s.carol, gpb::TRACK_TIER, {council({})});
  s.vote(s.carol, id, CHOICE_YES);
  s.vote(s.alice, id, CHOICE_NO);
  s.end_vote(id);
  EXPECT_EQ(s.status_text(id), "STATUS_REJECTED") << "1 against 2";
}

TEST(TierVote, TheWindowIsThreeDaysAndTheQuorumATenth) {
  auto nodes = three_tiers();
  for (int i = 0; i < 10; ++i) nodes.push_back({"n" + std::to_string(i), 0, 1});
  GovernanceStory s({}, nodes);  // 15 votes in all
  const auto id = s.propose_on(s.carol, gpb::TRACK_TIER, {});
  EXPECT_EQ(s.proposal(id).voting_end_ms() - s.proposal(id).voting_start_ms(), 72 * 3'600'000);
  s.vote(s.carol, id, CHOICE_YES);
  s.end_vote(id);
  EXPECT_EQ(s.status_text(id), "STATUS_NO_QUORUM") << "1 of 15";
  const auto again = s.propose_on(s.carol, gpb::TRACK_TIER, {});
  s.vote(s.bob, again, CHOICE_YES);
  s.end_vote(again);
  EXPECT_EQ(s.status_text(again), "STATUS_PASSED") << "2 of 15";
}

TEST(TierVote, AFailedAuditLowersReputation) {  // O/GV-02
  GovernanceStory s({}, three_tiers());
  const auto id = s.propose_on(s.carol, gpb::TRACK_TIER, {audit(s.bob, false)});
  s.vote(s.carol, id, CHOICE_YES);
  s.end_vote(id);
  const auto node = *nodes::kNodes.get(s.w.read(), {s.bob.address()});
  EXPECT_EQ(node.reputation_nano(), 50 * kPercent);
}

TEST(TierVote, NodePolicyIsARecordThatAVoteMakesAndEnds) {
  GovernanceStory s({}, three_tiers());
  gpb::Action rule;
  rule.mutable_node_policy()->set_name("logs");
  rule.mutable_node_policy()->set_text("keep them 90 days");
  for (const auto* text : {"keep them 90 days", ""}) {
    rule.mutable_node_policy()->set_text(text);
    const auto id = s.propose_on(s.carol, gpb::TRACK_TIER, {rule});
    s.vote(s.bob, id, CHOICE_YES);
    s.end_vote(id);
    EXPECT_EQ(governance::kPolicies.get_or_default(s.w.read(), {"logs"}).text(), text);
  }
}

TEST(TierVote, WhoRegistersDuringTheVoteIsTooLate) {
  GovernanceStory s({}, three_tiers());
  const auto id = s.propose_on(s.carol, gpb::TRACK_TIER, {});
  npb::Register late;
  late.set_node_id(std::string(32, 'l'));
  late.add_roles(npb::ROLE_HOST);
  s.w(step(s.dave, late));
  s.vote(s.dave, id, CHOICE_YES, fails(no_voting_power));
  s.vote(s.bob, id, CHOICE_VETO, fails(action_not_allowed));
  s.vote(s.bob, id, CHOICE_YES);
  s.end_vote(id);
  EXPECT_EQ(s.proposal(id).sums().electorate(), 5u);
}

TEST(TierVote, StakeMattersAreNotTheirs) {
  GovernanceStory s({}, three_tiers());
  s.propose_on(s.bob, gpb::TRACK_TIER, {param_action("chain", "max_tx_bytes", "\"65536\"")},
               fails(action_not_allowed));
  s.propose_on(s.bob, gpb::TRACK_TIER, {audit(s.dave, true)}, fails(audit_not_needed));
}

}  // namespace
}  // namespace cambium::chain::testing
