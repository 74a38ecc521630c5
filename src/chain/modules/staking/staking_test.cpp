#include "chain/modules/staking/staking.hpp"

#include <gtest/gtest.h>

#include "chain/modules/testing/stake_story.hpp"
#include "chain/query.hpp"
#include "chain/records.hpp"

namespace cambium::chain::staking {
namespace {

using namespace testing;

class Staking : public ::testing::Test, protected StakeStory {
 protected:
  using StakeStory::active;
  Step redelegate(const Actor& who, const Actor& from, const Actor& to, std::uint64_t amount_cbm) {
    pb::Redelegate msg;
    msg.set_from(from.field());
    msg.set_to(to.field());
    msg.set_amount_ucbm(cbm(amount_cbm).ucbm);
    return step(who, msg);
  }
  Step cancel(const Actor& who, const Actor& validator, std::uint64_t id,
              std::uint64_t amount_cbm) {
    pb::CancelUnbonding msg;
    msg.set_validator(validator.field());
    msg.set_id(id);
    msg.set_amount_ucbm(cbm(amount_cbm).ucbm);
    return step(who, msg);
  }
  Level level(const Actor& who) { return level_of(w.read(), who.address()); }
};

TEST_F(Staking, LevelsComeFromOwnStake_T_SE_02) {
  w(create(dora, 9'999), fails(stake_below_minimum));
  w(create(dora, 10'000));
  EXPECT_EQ(level(dora), Level::entry);
  EXPECT_FALSE(active(dora)) << "entry stake does not validate";
  w(delegate(dora, dora, 89'999));
  EXPECT_FALSE(active(dora));
  w(delegate(dora, dora, 1));
  EXPECT_EQ(level(dora), Level::validator);
  EXPECT_TRUE(active(dora));
  w(delegate(dora, dora, 900'000));
  EXPECT_EQ(level(dora), Level::supernode);
  w(delegate(erin, dora, 1));
  EXPECT_EQ(level(erin), Level::none) << "only own stake counts";
}

TEST_F(Staking, CreateValidatorRefusesInThisOrder) {
  auto step_of = [&](auto change) {
    auto made = create(dora, 100'000);
    change(*made.body.mutable_msgs(0)->mutable_staking()->mutable_create_validator());
    return made;
  };
  w(step_of([](auto& m) { m.set_consensus_key("short"); }), fails(bad_hash));
  w(step_of([](auto& m) { m.set_possession("short"); }), fails(field_out_of_range));
  w(step_of([](auto& m) { m.set_self_bond_ucbm(0); }), fails(bad_amount));
  w(step_of([](auto& m) { m.mutable_commission()->set_rate_nano(percent(21).nano); }),
    fails(field_out_of_range));
  w(step_of([](auto& m) { m.mutable_description()->clear_moniker(); }), fails(field_out_of_range));
  w(step_of([](auto& m) { m.mutable_description()->set_moniker(std::string(65, 'a')); }),
    fails(field_too_long));
  w(create(vera, 100'000), fails(validator_exists));
  const auto taken = record(vera).consensus_key();
  w(step_of([&](auto& m) { m.set_consensus_key(taken); }), fails(consensus_key_used));
  w(create(dora, 1), fails(stake_below_minimum));
  w(create(dora, 3'000'000), fails(insufficient_funds));
  w(step_of([](auto& m) { m.set_possession(std::string(64, '\1')); }),
    fails(possession_not_shown));
  w(create(dora, 100'000));
}

TEST_F(Staking, AKeysOwnerMustAgreeToThisOperator) {
  auto stolen = create(dora, 100'000);
  auto& theirs = *stolen.body.mutable_msgs(0)->mutable_staking()->mutable_create_validator();
  theirs.set_sender(erin.field());
  stolen.signers = {erin};
  w(stolen, fails(possession_not_shown));
}

TEST_F(Staking, OwnStakeIsLockedThirtyDaysFromBonding_T_SE_04_V_EC_04) {
  w(create(dora, 100'000));
  w.advance(10 * kDay);
  w(delegate(dora, dora, 50'000));
  w(undelegate(dora, dora, 1), fails(stake_locked));
  w.advance(20 * kDay);
  w(undelegate(dora, dora, 100'001), fails(stake_locked));
  w(undelegate(dora, dora, 100'000));
  w(undelegate(dora, dora, 1), fails(stake_locked));
  w.advance(10 * kDay);
  w(undelegate(dora, dora, 50'000));
  EXPECT_EQ(stake(dora, dora), 0u);
}

TEST_F(Staking, UnbondingTakesTwentyOneDays_H_CS_03) {
  w(delegate(dora, vera, 1'000));
  const auto before = w.balance(dora);
  const auto cost = w.run(undelegate(dora, vera, 400)).fee_ucbm();
  EXPECT_EQ(stake(dora, vera), cbm(600).ucbm);
  w.advance(21 * kDay - 1'000);
  w.seal();
  EXPECT_EQ(w.balance(dora), before - cost) << "not in the very moment";
  w.seal();
  EXPECT_EQ(w.balance(dora), before - cost + cbm(400).ucbm);
}

TEST_F(Staking, AnAccountUnbondsAtMostSevenTimesAtOneValidator) {
  w(delegate(dora, vera, 1'000));
  for (int i = 0; i < 7; ++i) w(undelegate(dora, vera, 1));
  w(undelegate(dora, vera, 1), fails(too_many_entries));
  w(delegate(dora, vito, 1));
  w(undelegate(dora, vito, 1));
  w.advance(22 * kDay);
  w.seal();
  w(undelegate(dora, vera, 1));
}

TEST_F(Staking, UndelegateRefusesInThisOrder) {
  pb::Undelegate msg;
  w(step(dora, msg), fails(bad_address));
  msg.set_validator(vera.field());
  w(step(dora, msg), fails(bad_amount));
  w(undelegate(dora, vera, 1), fails(delegation_not_found));
  w(delegate(dora, vera, 5));
  w(undelegate(dora, vera, 6), fails(delegation_too_small));
}

TEST_F(Staking, ARedelegationMayNotHop_H_CS_03) {
  w(delegate(dora, vera, 1'000));
  w(redelegate(dora, vera, vera, 1), fails(self_transfer));
  w(redelegate(dora, vera, erin, 1), fails(validator_not_found));
  w(redelegate(dora, vera, vito, 600));
  EXPECT_EQ(stake(dora, vera), cbm(400).ucbm);
  EXPECT_EQ(stake(dora, vito), cbm(600).ucbm);
  w(redelegate(dora, vito, vlad, 1), fails(redelegation_in_progress));
  w(undelegate(dora, vito, 1), fails(redelegation_in_progress));
  w(delegate(dora, vito, 10));
  w(redelegate(dora, vito, vlad, 10)) ;
  w.advance(21 * kDay + 1'000);
  w.seal();
  w(redelegate(dora, vito, vlad, 600));
}

TEST_F(Staking, AnUnbondingMayBeCancelledInParts) {
  w(delegate(dora, vera, 1'000));
  w(undelegate(dora, vera, 300));
  w(cancel(dora, vera, 9, 1), fails(unbonding_not_found));
  w(cancel(dora, vera, 1, 301), fails(insufficient_funds));
  w(cancel(dora, vera, 1, 100));
  EXPECT_EQ(stake(dora, vera), cbm(800).ucbm);
  w(cancel(dora, vera, 1, 200));
  EXPECT_EQ(stake(dora, vera), cbm(1'000).ucbm);
  EXPECT_FALSE(kUnbondings.has(w.read(), {dora.address(), vera.address(), 1}));
}

TEST_F(Staking, OnlySpendableCoinsCanBeBonded_H_TO_03) {
  w(delegate(dora, vera, 2'000'000), fails(insufficient_funds));  // fees come out of it too
  w.between_blocks({}, [&](Context& ctx) {
    EXPECT_EQ(bank::hold(ctx, dora.address(), bank::coin(cbm(1'999'990))), ok);
  });
  w(delegate(dora, vera, 10), fails(insufficient_funds));
  w(delegate(dora, vera, 5));
}

TEST_F(Staking, AnEmergencyFreezeOnlyDelaysWhatIsDue) {
  w(delegate(dora, vera, 1'000));
  w(undelegate(dora, vera, 400));
  const auto before = w.balance(dora);
  w.between_blocks({}, [&](Context& ctx) {
    auto frozen = kFrozen.get_or_default(ctx, {stake_account()});
    frozen.set_until_ms(ctx.block().time.value + 22 * kDay);
    kFrozen.put(ctx, {stake_account()}, frozen);
  });
  const auto where = w.height();
  const auto when = w.info().time;
  double_sign("vera", where, when);
  EXPECT_EQ(stake(vera, vera), cbm(100'000).ucbm) << "frozen coins cannot be burnt";
  EXPECT_FALSE(active(vera));
  w.advance(21 * kDay + 5'000);
  w.seal();
  EXPECT_EQ(w.balance(dora), before);
  w.advance(kDay);
  w.seal();
  EXPECT_EQ(w.balance(dora), before + cbm(400).ucbm) << "the unbonding began before the act";
}

TEST_F(Staking, PowerIsWholeBondedCoins_H_CS_01) {
  pb::Delegate msg;
  msg.set_validator(vera.field());
  msg.set_amount_ucbm(1'999'999);
  w(step(dora, msg));
  EXPECT_EQ(power(vera), 100'001u);
  EXPECT_EQ(active_set(w.read()).front(), vera.address());
  EXPECT_EQ(bonded_total(w.read()).ucbm, cbm(300'000).ucbm + 1'999'999);
}

TEST(StakingSet, TheStrongestHundredValidateAndTiesGoByAddress) {
  StakeSetup setup;
  setup.params.set_max_validators(2);
  StakeStory s(setup);
  std::vector<Address> all = {s.vera.address(), s.vito.address(), s.vlad.address()};
  std::ranges::sort(all);
  EXPECT_EQ(active_set(s.w.read()), (std::vector<Address>{all[0], all[1]}));
  const Actor& last = s.vera.address() == all[2] ? s.vera
                      : s.vito.address() == all[2] ? s.vito
                                                   : s.vlad;
  s.w(s.delegate(s.dora, last, 1));
  EXPECT_EQ(active_set(s.w.read()), (std::vector<Address>{all[2], all[0]}));
  pb::Params economy;
  EXPECT_EQ(kStakingParams.get_or_default(StakeStory{}.w.read(), {}).max_validators(), 100u);
}

TEST(StakingSet, ResourceMetricsGateWhoMayValidate_H_CS_01) {
  StakeSetup setup;
  setup.modules = {"nodes"};
  StakeStory s(setup);
  s.w.between_blocks({}, [](Context& ctx) {
    auto params = kStakingParams.get_or_default(ctx, {});
    params.set_min_uptime_nano(percent(90).nano);
    kStakingParams.put(ctx, {}, params);
  });
  s.w(s.create(s.dora, 200'000));
  EXPECT_FALSE(s.active(s.dora)) << "no node is registered";
  EXPECT_TRUE(s.active(s.vera)) << "the last set stays until others can take over";
}

TEST_F(Staking, TheEngineHearsExactlyWhatChanged) {
  const auto first = *init_genesis(w.registry(), w.first());
  EXPECT_EQ(validator_updates(first).size(), 3u);
  EXPECT_TRUE(validator_updates(w.block({}).diff).empty());
  const auto key = to_bytes(as_bytes(record(vera).consensus_key()));
  const auto grown = validator_updates(w.block({w.bytes(delegate(dora, vera, 50))}).diff);
  EXPECT_EQ(grown, (std::vector<ValidatorUpdate>{{key, 100'050}}));
  w.advance(31 * kDay);
  const auto gone = validator_updates(w.block({w.bytes(undelegate(vera, vera, 1))}).diff);
  EXPECT_EQ(gone, (std::vector<ValidatorUpdate>{{key, 0}}));
}

TEST_F(Staking, AnIdleChainStaysIdleEvenWhenSomebodyIsSilent) {
  block();
  const auto quiet = w.root();
  for (int i = 0; i < 5; ++i) block();
  EXPECT_EQ(w.root(), quiet);
  block({"vlad"});
  const auto noted = w.root();
  EXPECT_NE(noted, quiet);
  for (int i = 0; i < 5; ++i) block({"vlad"});
  EXPECT_EQ(w.root(), noted) << "only the ends of an absence are written";
}

TEST_F(Staking, ACommissionMovesWithinItsPromise) {
  const auto edit = [&](std::uint64_t rate_percent) {
    pb::EditValidator msg;
    msg.mutable_commission_rate()->set_nano(percent(rate_percent).nano);
    return step(vera, msg);
  };
  w(step(vera, pb::EditValidator{}), fails(field_out_of_range));
  w(edit(21), fails(commission_above_maximum));
  w(edit(13), fails(commission_change_too_large));
  w(edit(12));
  w(edit(11), fails(commission_changed_today));
  w.advance(kDay);
  w(edit(11));
  EXPECT_EQ(record(vera).commission().rate_nano(), percent(11).nano);
  pb::EditValidator other;
  other.mutable_description()->set_moniker("dora");
  w(step(dora, other), fails(validator_not_found));
}

TEST_F(Staking, QueriesNameTheEntryThatProvesThem) {
  w(delegate(dora, vera, 7));
  w(undelegate(dora, vera, 2));
  const auto ask_json = [&](const char* name, const std::string& request) {
    const auto answer = ask(w.registry(), w.state(), w.environment(), {"staking", name}, request);
    EXPECT_TRUE(answer) << name;
    return answer ? *answer : QueryAnswer{};
  };
  const std::string account = R"({"account":")" + dora.address().text() + R"("})";
  const std::string there = R"({"operator":")" + vera.address().text() + R"("})";
  EXPECT_EQ(ask_json("validator", there).key, kValidators.key({vera.address()}));
  EXPECT_NE(ask_json("validators", R"({"status":"ACTIVE","limit":2})").json.find("next"),
            std::string::npos);
  EXPECT_NE(ask_json("delegations", account).json.find("5000000"), std::string::npos);
  EXPECT_NE(ask_json("unbondings", account).json.find("2000000"), std::string::npos);
  for (const char* name : {"redelegations", "rewards"}) ask_json(name, account);
  for (const char* name : {"params", "epoch", "pool"}) ask_json(name, "{}");
  ask_json("slashes", there);
}

TEST_F(Staking, AnExportStartsAChainWithTheSameStake) {
  w(delegate(dora, vera, 7));
  w(undelegate(dora, vera, 2));
  const auto copy = export_genesis(w.registry(), w.state(), w.info());
  World again(copy);
  EXPECT_EQ(again.root(), w.root());
}

}  // namespace
}  // namespace cambium::chain::staking
