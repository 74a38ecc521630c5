// Emergencies of the validators: thresholds, allowed acts, and their end (B/CONS-06, B/REC-03).
#include "chain/modules/governance/governance.hpp"
#include "chain/modules/governance/params.hpp"
#include "chain/modules/rewards/rewards.hpp"
#include "chain/modules/staking/staking.hpp"
#include "chain/modules/testing/governance_story.hpp"
#include "chain/records.hpp"

namespace cambium::chain::testing {
namespace {

using enum gpb::Choice;

constexpr std::int64_t kHourMs = 3'600'000;

gpb::Action freeze(const Actor& who) {
  gpb::Action action;
  action.mutable_freeze_accounts()->add_accounts(who.field());
  return action;
}

gpb::Action checkpoint() {
  gpb::Action action;
  action.mutable_checkpoint()->set_height(2);
  action.mutable_checkpoint()->set_block_hash(std::string(32, 'h'));
  return action;
}

gpb::Action daily_spend(const std::string& value) {
  gpb::Action action;
  auto* change = action.mutable_adjust_rewards()->add_params();
  change->set_module("rewards");
  change->set_field("daily_spend_ucbm");
  change->set_value_json(value);
  return action;
}

gpb::Action mint(std::uint64_t whole_cbm) {
  gpb::Action action;
  action.mutable_emergency_mint()->set_amount_ucbm(cbm(whole_cbm).ucbm);
  return action;
}

std::uint64_t spend_limit(const GovernanceStory& s) {
  return rewards::kRewardParams.get_or_default(s.w.read(), {}).daily_spend_ucbm();
}

TEST(Emergency, TheNumbersOfTheTable) {  // B/CONS-06: ceil(2n/3), 80 %, 75 %; 72, 24, 48 h
  gpb::Params params;
  governance::fill_defaults(params);
  struct Row {
    gpb::Track track;
    std::vector<std::uint32_t> needed;  // of 1, 3, 4, 7, 10, 100 validators
    std::int64_t lasts_h;
  };
  const Row rows[] = {{gpb::TRACK_SECURITY, {1, 2, 3, 5, 7, 67}, 72},
                      {gpb::TRACK_CONSENSUS, {1, 3, 4, 6, 8, 80}, 24},
                      {gpb::TRACK_ECONOMIC, {1, 3, 3, 6, 8, 75}, 48}};
  const std::size_t sizes[] = {1, 3, 4, 7, 10, 100};
  for (const auto& row : rows) {
    const auto rules = governance::rules_of(params, row.track);
    EXPECT_EQ(rules.lasts_ms, row.lasts_h * kHourMs);
    EXPECT_EQ(rules.window_ms, 24 * kHourMs);
    for (std::size_t i = 0; i < std::size(sizes); ++i) {
      EXPECT_EQ(governance::required_votes(params, row.track, sizes[i]), row.needed[i]);
    }
  }
}

TEST(Emergency, APauseWorksAndExpiresByItself) {  // B/CONS-06 security {pause}
  GovernanceStory s;
  const auto two = s.emergency(gpb::TRACK_SECURITY, pause_action({}), 0);
  EXPECT_EQ(s.proposal(two).sums().electorate(), 4u) << "known before anybody has voted";
  for (const int i : {1, 2}) s.vote(s.validator(i), two, CHOICE_YES);
  EXPECT_EQ(s.status_text(two), "STATUS_VOTING") << "2 of 4 are not two thirds";
  s.w(send(s.alice, s.bob, 5));
  s.vote(s.validator(3), two, CHOICE_YES);
  EXPECT_EQ(s.status_text(two), "STATUS_PASSED");
  s.w(send(s.alice, s.bob, 5), fails(circuit_broken));
  const auto during = s.propose({});  // votes go on
  s.vote(s.validator(1), during, CHOICE_YES);
  s.w.advance(72 * kHourMs);
  s.w(send(s.alice, s.bob, 5));
  EXPECT_FALSE(kBreakers.has(s.w.read(), {kPauseAll})) << "no trace is left";
  EXPECT_EQ(s.ask("governance", "acts", "{}"), R"({"items":[]})");
}

TEST(Emergency, ACircuitBreakerStopsOneMessage) {
  GovernanceStory s;
  s.emergency(gpb::TRACK_SECURITY, pause_action({"bank.Send"}, 2 * kHourMs), 3);
  s.w(send(s.alice, s.bob, 5), fails(circuit_broken));
  s.w(burn(s.alice, 5));
  gpb::Action reset;
  reset.mutable_breaker_reset()->set_name("bank.Send");
  s.emergency(gpb::TRACK_SECURITY, reset, 3);
  s.w(send(s.alice, s.bob, 5));
  s.w.advance(2 * kHourMs);
  s.w.seal();
  EXPECT_TRUE(s.w.last().violations.empty());
}

TEST(Emergency, ValidatorsCanSwitchTheVotesThemselvesOnAgain) {
  GovernanceStory s;
  s.w.between_blocks({}, [](Context& ctx) {
    v1::Breaker tripped;
    tripped.set_tripped_height(1);
    kBreakers.put(ctx, {"governance.due"}, tripped);
  });
  gpb::Action reset;
  reset.mutable_breaker_reset()->set_name("governance.due");
  const auto id = s.emergency(gpb::TRACK_SECURITY, reset, 3);
  EXPECT_EQ(s.status_text(id), "STATUS_PASSED");
  EXPECT_FALSE(kBreakers.has(s.w.read(), {"governance.due"}));
}

TEST(Emergency, StakeMayResetABreakerThatTrippedForGood) {
  GovernanceStory s;
  gpb::Action reset;
  reset.mutable_breaker_reset()->set_name("bank.Send");
  s.propose_on(s.alice, gpb::TRACK_STAKE, {reset}, fails(breaker_not_found));
}

TEST(Emergency, FrozenCoinsMeltAgain) {  // B/CONS-06 economic {freeze_accounts}: 75 %, 48 h
  GovernanceStory s;
  const auto id = s.emergency(gpb::TRACK_ECONOMIC, freeze(s.bob), 3);
  EXPECT_EQ(s.status_text(id), "STATUS_PASSED");
  EXPECT_EQ(s.w.spendable(s.bob), 0u);
  s.w(send(s.bob, s.alice, 5), fails(fee_unpayable));
  s.w(send(s.alice, s.bob, 5));
  s.w.advance(48 * kHourMs);
  s.w(send(s.bob, s.alice, 5));
  EXPECT_FALSE(kFrozen.has(s.w.read(), {s.bob.address()}));
}

TEST(Emergency, KernelAccountsAndVotesCannotBeSwitchedOff) {
  GovernanceStory s;
  gpb::Action action;
  action.mutable_freeze_accounts()->add_accounts(to_field(module_address("fees")));
  s.propose_on(s.validator(1), gpb::TRACK_ECONOMIC, {action}, fails(cannot_be_switched_off));
  s.propose_on(s.validator(1), gpb::TRACK_SECURITY, {pause_action({"governance.Vote"})},
               fails(cannot_be_switched_off));
  s.propose_on(s.validator(1), gpb::TRACK_SECURITY, {pause_action({"bank.Sned"})},
               fails(message_name_unknown));
  s.propose_on(s.validator(1), gpb::TRACK_SECURITY, {pause_action({}, 73 * kHourMs)},
               fails(lasts_too_long));
  s.propose_on(s.validator(1), gpb::TRACK_CONSENSUS, {pause_action({})},
               fails(action_not_allowed));
}

TEST(Emergency, RewardsAreAdjustedForAWhile) {  // B/CONS-06 economic {adjust_rewards}
  GovernanceStory s({.emission = true});
  const auto before = spend_limit(s);
  s.emergency(gpb::TRACK_ECONOMIC, daily_spend("\"1000\""), 3);
  EXPECT_EQ(spend_limit(s), 1'000u);
  s.w.advance(24 * kHourMs);
  s.emergency(gpb::TRACK_ECONOMIC, daily_spend("\"2000\""), 3);
  EXPECT_EQ(spend_limit(s), 2'000u);
  s.w.advance(25 * kHourMs);
  s.w.seal();
  EXPECT_EQ(spend_limit(s), 2'000u) << "the later act is still in force";
  s.w.advance(24 * kHourMs);
  s.w.seal();
  EXPECT_EQ(spend_limit(s), before) << "and puts back what was there before both";
}

TEST(Emergency, MintingStaysWithinItsCap) {  // B/CONS-06 economic {emergency_mint}, V/EC-01
  GovernanceStory s({.emission = true});
  s.w.advance(kHourMs);
  s.w.seal();
  const auto supply = s.w.supply();
  const auto one_percent = supply / 100 / kUcbmPerCbm;
  s.propose_on(s.validator(1), gpb::TRACK_ECONOMIC, {mint(one_percent + 1)},
               fails(mint_cap_reached));
  const auto treasury = s.w.balance(module_address("treasury"));
  s.emergency(gpb::TRACK_ECONOMIC, mint(1'000), 3);
  EXPECT_EQ(s.w.balance(module_address("treasury")) - treasury, cbm(1'000).ucbm);
  GovernanceStory silent;
  silent.propose_on(silent.validator(1), gpb::TRACK_ECONOMIC, {mint(1)}, fails(rewards_not_here));
}

TEST(Emergency, OrdersAreCertifiedByTheirVoters) {  // B/CONS-06 consensus {checkpoint}: 80 %
  GovernanceStory s;
  const auto id = s.emergency(gpb::TRACK_CONSENSUS, checkpoint(), 3);
  EXPECT_EQ(s.status_text(id), "STATUS_VOTING") << "3 of 4 are 75 %";
  s.vote(s.validator(4), id, CHOICE_YES);
  const auto order = governance::kOrders.get_or_default(s.w.read(), {1});
  EXPECT_EQ(order.validators_size(), 4);
  EXPECT_EQ(order.until_ms() - s.w.info().time.value, 24 * kHourMs);
  EXPECT_EQ(order.action().checkpoint().height(), 2u);
  s.w.advance(24 * kHourMs);
  s.w.seal();
  EXPECT_FALSE(governance::kOrders.has(s.w.read(), {1})) << "an old order orders nothing";
}

TEST(Emergency, ExcludedValidatorsLeaveTheSetUntilThen) {  // security {update_validator_set}
  GovernanceStory s;
  gpb::Action action;
  action.mutable_validator_exclusion()->add_validators(s.validator(4).field());
  s.emergency(gpb::TRACK_SECURITY, action, 3);
  s.w.seal();
  EXPECT_FALSE(staking::is_active(s.w.read(), s.validator(4).address()));
  s.w.advance(72 * kHourMs);
  s.w.seal();
  s.w.seal();
  EXPECT_TRUE(staking::is_active(s.w.read(), s.validator(4).address()));
}

TEST(Emergency, NobodyBecomesTwoThirdsByExcludingOthers) {
  GovernanceStory s({.validators = 6});
  const auto exclude = [&](int a, int b) {
    std::vector<std::string> who = {s.validator(a).field(), s.validator(b).field()};
    std::ranges::sort(who);
    gpb::Action action;
    for (const auto& one : who) action.mutable_validator_exclusion()->add_validators(one);
    return action;
  };
  s.emergency(gpb::TRACK_SECURITY, exclude(5, 6), 4);
  s.w.seal();
  ASSERT_EQ(staking::active_set(s.w.read()).size(), 4u);
  const auto next = s.emergency(gpb::TRACK_SECURITY, exclude(3, 4), 3);
  EXPECT_EQ(s.status_text(next), "STATUS_VOTING") << "3 of 4, but not 4 of 6";
  gpb::Action stranger;
  stranger.mutable_validator_exclusion()->add_validators(s.alice.field());
  s.propose_on(s.validator(1), gpb::TRACK_SECURITY, {stranger}, fails(no_voting_power));
}

TEST(Emergency, RewardsKeepTheirAccounts) {
  GovernanceStory s({.emission = true});
  auto action = daily_spend("\"1\"");
  action.mutable_adjust_rewards()->mutable_params(0)->set_field("treasury");
  s.propose_on(s.validator(1), gpb::TRACK_ECONOMIC, {action}, fails(field_out_of_range));
}

TEST(Emergency, WhatDoesNotPassInADayIsOver) {  // B/CONS-06: expires_at = +24 h
  GovernanceStory s;
  const auto id = s.emergency(gpb::TRACK_SECURITY, pause_action({}), 2);
  s.end_vote(id);
  EXPECT_EQ(s.status_text(id), "STATUS_EXPIRED");
  s.vote(s.validator(3), id, CHOICE_YES, fails(voting_closed));
  EXPECT_EQ(s.proposal(id).required_votes(), 3u);
  s.vote(s.alice, s.emergency(gpb::TRACK_SECURITY, pause_action({}), 0), CHOICE_YES,
         fails(no_voting_power));
}

}  // namespace
}  // namespace cambium::chain::testing
