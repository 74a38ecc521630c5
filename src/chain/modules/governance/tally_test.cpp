// Counting in pieces: 2000 entries a block, and the stake of the count's first block.
#include "chain/modules/governance/votes/tally.hpp"

#include <gtest/gtest.h>

#include "chain/modules/staking/staking.hpp"
#include "chain/modules/staking/tables.hpp"
#include "crypto/sha256.hpp"

namespace cambium::chain::governance {
namespace {

Address account(std::uint64_t number) {
  Bytes bytes;
  append_be64(bytes, number);
  return *Address::from(crypto::sha256(bytes).view().first(20));
}

/// One validator, account 0; accounts 1..n have each bonded ten ucbm behind it.
class Count : public ::testing::Test {
 protected:
  static constexpr std::uint64_t kEach = 10;

  void voters(std::uint64_t count) {
    staking::pb::Validator validator;
    validator.set_consensus_key(std::string(32, 'k'));
    validator.set_tokens_ucbm(count * kEach);
    validator.set_shares(count * kEach);
    staking::kValidators.put(ctx_, {account(0)}, validator);
    staking::pb::Active active;
    active.set_power(1);
    active.set_operator_(to_field(account(0)));
    staking::kActiveSet.put(
        ctx_, {staking::consensus_address(as_bytes(validator.consensus_key()))}, active);
    for (std::uint64_t i = 1; i <= count; ++i) {
      staking::pb::Delegation delegation;
      delegation.set_shares(kEach);
      staking::kDelegations.put(ctx_, {account(i), account(0)}, delegation);
    }
    proposal_.set_id(1);
    proposal_.set_track(pb::TRACK_STAKE);
  }
  void ballot(std::uint64_t voter, pb::Choice choice) {
    pb::Ballot ballot;
    ballot.set_choice(choice);
    kBallots.put(ctx_, {1, account(voter)}, ballot);
  }
  /// How many blocks the count takes.
  int count() {
    start_tally(ctx_, proposal_);
    return go_on();
  }
  int go_on() {
    for (int blocks = 1;; ++blocks) {
      Budget budget = 2'000;
      if (count_on(ctx_, proposal_, budget) == governance::Count::done) return blocks;
    }
  }

  state::EmptyView nothing_;
  state::Overlay overlay_{nothing_};
  BlockInfo block_;
  crypto::BasicVerifier verifier_;
  GasMeter gas_{{UINT64_MAX}};
  Context ctx_{overlay_, {block_, verifier_}, gas_};
  pb::Proposal proposal_;
};

TEST_F(Count, ManyBallotsTakeManyBlocks) {
  voters(2'500);
  for (std::uint64_t i = 1; i <= 2'500; ++i) ballot(i, i % 2 ? pb::CHOICE_YES : pb::CHOICE_NO);
  EXPECT_EQ(count(), 3) << "each ballot and each stake is an entry";
  EXPECT_EQ(proposal_.sums().yes(), 1'250 * kEach);
  EXPECT_EQ(proposal_.sums().no(), 1'250 * kEach);
  EXPECT_FALSE(kTallies.has(ctx_, {1}));
  EXPECT_FALSE(kBackings.has(ctx_, {1, account(0)}));
}

TEST_F(Count, TheValidatorInheritsWhatNoBallotClaims) {
  voters(10);
  ballot(0, pb::CHOICE_YES);
  ballot(1, pb::CHOICE_NO);
  EXPECT_EQ(count(), 1);
  EXPECT_EQ(proposal_.sums().yes(), 9 * kEach);
  EXPECT_EQ(proposal_.sums().no(), kEach);
}

TEST_F(Count, StakeThatArrivesDuringTheCountAddsNothing) {
  voters(2'500);
  for (std::uint64_t i = 1; i <= 2'500; ++i) ballot(i, pb::CHOICE_NO);
  start_tally(ctx_, proposal_);
  Budget budget = 2'000;
  ASSERT_EQ(count_on(ctx_, proposal_, budget), governance::Count::goes_on);
  for (std::uint64_t i = 1; i <= 2'500; ++i) {
    staking::pb::Delegation more;
    more.set_shares(kEach * 100);
    staking::kDelegations.put(ctx_, {account(i), account(0)}, more);
  }
  go_on();
  EXPECT_LE(votes_cast(proposal_.sums()), proposal_.sums().electorate());
}

}  // namespace
}  // namespace cambium::chain::governance
