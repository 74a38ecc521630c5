// Counting in pieces: 2000 entries a block, and the stake of the count's first block.
#include "chain/modules/governance/votes/tally.hpp"

#include <gtest/gtest.h>

#include <map>

#include "base/random.hpp"
#include "chain/modules/nodes/nodes.hpp"
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

/// Validators and delegators without history. `voters`: one validator, account 0, behind which
/// accounts 1..n have each bonded ten ucbm.
class Count : public ::testing::Test {
 protected:
  static constexpr std::uint64_t kEach = 10;

  Count() {
    proposal_.set_id(1);
    proposal_.set_track(pb::TRACK_STAKE);
  }
  void validator(std::uint64_t number, std::uint64_t tokens) {
    staking::pb::Validator validator;
    validator.set_consensus_key(std::string(24, 'k') + std::to_string(10'000'000 + number));
    validator.set_tokens_ucbm(tokens);
    validator.set_shares(tokens);
    staking::kValidators.put(ctx_, {account(number)}, validator);
    staking::pb::Active active;
    active.set_power(1);
    active.set_operator_(to_field(account(number)));
    staking::kActiveSet.put(
        ctx_, {staking::consensus_address(as_bytes(validator.consensus_key()))}, active);
  }
  void delegation(std::uint64_t from, std::uint64_t to, std::uint64_t amount) {
    staking::pb::Delegation delegation;
    delegation.set_shares(amount);
    staking::kDelegations.put(ctx_, {account(from), account(to)}, delegation);
  }
  void voters(std::uint64_t count) {
    validator(0, count * kEach);
    for (std::uint64_t i = 1; i <= count; ++i) delegation(i, 0, kEach);
  }
  void ballot(std::uint64_t voter, pb::Choice choice) {
    pb::Ballot ballot;
    ballot.set_choice(choice);
    kBallots.put(ctx_, {proposal_.id(), account(voter)}, ballot);
  }
  /// How many blocks the count takes, 2000 entries each.
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

// Everybody's coins follow his own ballot, or else that of the validator they are behind.
TEST_F(Count, AgreesWithANaiveCount) {
  constexpr std::uint64_t kValidators = 7, kPeople = 300;
  SeededRandom random(42);
  for (int round = 0; round < 20; ++round) {
    proposal_.set_id(std::uint64_t(round) + 1);
    std::map<std::pair<std::uint64_t, std::uint64_t>, std::uint64_t> bonded;
    std::map<std::uint64_t, std::uint64_t> tokens;
    for (std::uint64_t who = 0; who < kPeople; ++who) {
      for (std::uint64_t to = 0; to < kValidators; ++to) {
        const std::uint64_t amount = random.below(4) == 0 || who == to ? 1 + random.below(999) : 0;
        delegation(who, to, amount);
        bonded[{who, to}] = amount;
        tokens[to] += amount;
      }
    }
    for (const auto& [number, sum] : tokens) validator(number, sum);
    std::map<std::uint64_t, pb::Choice> choices;
    for (std::uint64_t who = 0; who < kPeople; ++who) {
      if (random.below(2) == 0) continue;
      choices[who] = pb::Choice(1 + random.below(4));
      ballot(who, choices[who]);
    }
    pb::Sums naive;
    for (const auto& [edge, amount] : bonded) {
      const auto own = choices.find(edge.first);
      const auto delegated = choices.find(edge.second);
      if (own != choices.end()) add_votes(naive, own->second, amount);
      else if (delegated != choices.end()) add_votes(naive, delegated->second, amount);
    }
    count();
    auto sums = proposal_.sums();
    naive.set_electorate(sums.electorate());
    EXPECT_EQ(sums.ShortDebugString(), naive.ShortDebugString());
  }
}

TEST_F(Count, ManyNodesTakeManyBlocks) {
  proposal_.set_track(pb::TRACK_TIER);
  for (std::uint64_t i = 0; i < 2'500; ++i) {
    nodes::kNodes.put(ctx_, {account(i)}, {});
    if (i % 5 == 0) ballot(i, pb::CHOICE_YES);
  }
  EXPECT_EQ(count(), 2);
  EXPECT_EQ(proposal_.sums().electorate(), 2'500u);
  EXPECT_EQ(proposal_.sums().yes(), 500u);
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
