// The stake electorate: row 1 of the table of votes (H/GO-01, H/GO-02).
#include "chain/modules/governance/governance.hpp"
#include "chain/modules/testing/governance_story.hpp"
#include "chain/records.hpp"

namespace cambium::chain::testing {
namespace {

using enum gpb::Choice;

gpb::Action cheaper_gas() { return param_action("chain", "min_base_fee_nano_ucbm", "\"500000\""); }

TEST(StakeVote, AParameterChangesWhenMoreThanHalfOfTheVotesSayYes) {  // H/GO-01
  GovernanceStory s;
  const auto id = s.propose({cheaper_gas()});
  s.vote(s.validator(1), id, CHOICE_YES);
  s.vote(s.validator(2), id, CHOICE_YES);
  s.vote(s.validator(3), id, CHOICE_NO);
  const auto before = s.w.balance(s.alice);
  s.end_vote(id);
  EXPECT_EQ(s.status_text(id), "STATUS_PASSED");
  EXPECT_EQ(kParams.get_or_default(s.w.read(), {}).min_base_fee_nano_ucbm(), 500'000u);
  EXPECT_EQ(s.w.balance(s.alice) - before, cbm(500).ucbm) << "the deposit comes back";
  const auto event = s.event("chain.param_changed");
  EXPECT_EQ(event.attributes(2).value() + " -> " + event.attributes(3).value(),
            "\"1000000\" -> \"500000\"");
}

TEST(StakeVote, HalfIsNotMoreThanHalf) {
  GovernanceStory s;
  const auto id = s.propose({cheaper_gas()});
  s.vote(s.validator(1), id, CHOICE_YES);
  s.vote(s.validator(2), id, CHOICE_NO);
  s.end_vote(id);
  EXPECT_EQ(s.status_text(id), "STATUS_REJECTED");
}

TEST(StakeVote, QuorumIsAThirdOfWhatIsBonded) {  // 33.4 % of 4 validators: one is not enough
  GovernanceStory s;
  const auto id = s.propose({cheaper_gas()});
  s.vote(s.validator(1), id, CHOICE_YES);
  s.end_vote(id);
  EXPECT_EQ(s.status_text(id), "STATUS_NO_QUORUM");
  const auto again = s.propose({cheaper_gas()});
  s.vote(s.validator(1), again, CHOICE_YES);
  s.vote(s.validator(2), again, CHOICE_ABSTAIN);
  s.end_vote(again);
  EXPECT_EQ(s.status_text(again), "STATUS_PASSED") << "abstentions count for the quorum";
}

TEST(StakeVote, AVetoBurnsTheDeposit) {
  GovernanceStory s;
  const auto id = s.propose({cheaper_gas()});
  s.vote(s.validator(1), id, CHOICE_YES);
  s.vote(s.validator(2), id, CHOICE_YES);
  s.vote(s.validator(3), id, CHOICE_VETO);
  s.vote(s.validator(4), id, CHOICE_VETO);
  const auto supply = s.w.supply();
  s.end_vote(id);
  EXPECT_EQ(s.status_text(id), "STATUS_VETOED");
  EXPECT_GE(supply - s.w.supply(), cbm(500).ucbm);
}

TEST(StakeVote, ADelegatorsOwnVoteOverridesHisValidators) {  // H/GO-01: DAO with delegation
  GovernanceStory s;
  s.delegate(s.bob, s.validator(1), 100'000);
  s.delegate(s.carol, s.validator(1), 50'000);
  const auto id = s.propose({cheaper_gas()});
  s.vote(s.validator(1), id, CHOICE_YES);
  s.vote(s.bob, id, CHOICE_NO);
  s.end_vote(id);
  const auto& sums = s.proposal(id).sums();
  EXPECT_EQ(sums.yes(), cbm(150'000).ucbm) << "own stake and carol's, who did not vote";
  EXPECT_EQ(sums.no(), cbm(100'000).ucbm);
  EXPECT_EQ(sums.electorate(), cbm(550'000).ucbm);
}

TEST(StakeVote, AnUpgradeNeedsTwoThirds) {  // 66.7 %
  GovernanceStory s;
  const auto soon = s.w.height().value + 60;
  const auto id = s.propose({upgrade_action(soon, 2)});
  s.vote(s.validator(1), id, CHOICE_YES);
  s.vote(s.validator(2), id, CHOICE_YES);
  s.vote(s.validator(3), id, CHOICE_NO);
  s.end_vote(id);
  EXPECT_EQ(s.status_text(id), "STATUS_REJECTED") << "66.666 % is below 66.7 %";
}

TEST(StakeVote, StakeIsCountedWhenTheVoteEnds) {
  GovernanceStory s;
  const auto id = s.propose({cheaper_gas()});
  s.vote(s.validator(1), id, CHOICE_NO);
  s.vote(s.validator(2), id, CHOICE_YES);
  s.delegate(s.bob, s.validator(2), 1'000);  // after the vote, before its end
  s.end_vote(id);
  EXPECT_EQ(s.status_text(id), "STATUS_PASSED");
}

TEST(StakeVote, VotesChangeUntilTheEndAndRefuseInThisOrder) {
  GovernanceStory s;
  s.vote(s.bob, 7, CHOICE_UNSPECIFIED, fails(field_out_of_range));
  s.vote(s.bob, 7, CHOICE_YES, fails(proposal_not_found));
  const auto id = s.propose({cheaper_gas()});
  s.vote(s.bob, id, CHOICE_YES, fails(no_voting_power));
  for (const auto choice : {CHOICE_NO, CHOICE_YES}) {
    for (int i = 1; i <= 3; ++i) s.vote(s.validator(i), id, choice);
  }
  s.end_vote(id);
  EXPECT_EQ(s.status_text(id), "STATUS_PASSED");
  s.vote(s.validator(4), id, CHOICE_NO, fails(voting_closed));
}

TEST(StakeVote, ActionsRunAllOrNone) {
  GovernanceStory s;
  tpb::Pay much;
  much.set_to(s.bob.field());
  much.set_amount_ucbm(cbm(9'000).ucbm);
  const auto pay = message_action(much);
  const auto id = s.propose({cheaper_gas(), pay, pay});  // the treasury holds 10,000
  for (int i = 1; i <= 3; ++i) s.vote(s.validator(i), id, CHOICE_YES);
  const auto before = s.w.balance(s.bob);
  s.end_vote(id);
  EXPECT_EQ(s.status_text(id), "STATUS_FAILED");
  EXPECT_EQ(s.proposal(id).failed_action(), 3u);
  EXPECT_EQ(TxStatus(s.proposal(id).failure()), treasury_short);
  EXPECT_EQ(s.w.balance(s.bob), before);
  EXPECT_EQ(kParams.get_or_default(s.w.read(), {}).min_base_fee_nano_ucbm(), 1'000'000u);
}

TEST(StakeVote, NoProposalMaySpendWhatGovernanceHoldsForOthers) {
  GovernanceStory s;
  bank::pb::Send deposits;
  deposits.set_to(s.bob.field());
  *deposits.mutable_coin() = bank::coin(cbm(500).ucbm);
  const auto id = s.propose({message_action(deposits)});
  for (int i = 1; i <= 3; ++i) s.vote(s.validator(i), id, CHOICE_YES);
  s.end_vote(id);
  EXPECT_EQ(TxStatus(s.proposal(id).failure()), invariant_violated);
  EXPECT_EQ(s.w.balance(s.alice) / kUcbmPerCbm, 299'999u) << "the deposit came back";
}

TEST(StakeVote, BallotsOfAnUndecidedVoteAreForgotten) {
  GovernanceStory s;
  const auto id = s.propose({});
  s.vote(s.validator(1), id, CHOICE_YES);
  s.end_vote(id);
  s.w.seal();
  EXPECT_FALSE(governance::kBallots.has(s.w.read(), {id, s.validator(1).address()}));
}

TEST(StakeVote, AVoteGoesOnAfterExportAndImport) {
  GovernanceStory s;
  const auto id = s.propose({cheaper_gas()});
  for (int i = 1; i <= 3; ++i) s.vote(s.validator(i), id, CHOICE_YES);
  World again(export_genesis(s.w.registry(), s.w.state(), s.w.info()));
  EXPECT_EQ(again.root(), s.w.root());
  again.advance(8 * kStoryDayMs);
  again.seal();
  EXPECT_EQ(governance::find(again.read(), id)->status(), gpb::STATUS_PASSED);
  EXPECT_EQ(kParams.get_or_default(again.read(), {}).min_base_fee_nano_ucbm(), 500'000u);
}

TEST(StakeVote, AnIdleChainKeepsItsRoot) {
  GovernanceStory s;
  s.w.seal();
  const Hash root = s.w.root();
  s.w.seal();
  EXPECT_EQ(s.w.root(), root);
}

}  // namespace
}  // namespace cambium::chain::testing
