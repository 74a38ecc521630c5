#include "chain/modules/slashing/slashing.hpp"

#include <gtest/gtest.h>

#include "chain/modules/testing/stake_story.hpp"
#include "chain/query.hpp"

namespace cambium::chain::slashing {
namespace {

using namespace testing;

class Slashing : public ::testing::Test, protected StakeStory {
 protected:
  Step redelegate(const Actor& who, const Actor& from, const Actor& to, std::uint64_t amount_cbm) {
    spb::Redelegate msg;
    msg.set_from(from.field());
    msg.set_to(to.field());
    msg.set_amount_ucbm(cbm(amount_cbm).ucbm);
    return step(who, msg);
  }
  Step unjail_with_new_key(const Actor& who) {
    const Actor key = actor("another key of " + who.name);
    spb::Unjail msg;
    msg.set_consensus_key(to_string(key.key->public_key().bytes));
    Bytes statement = to_bytes(as_bytes("cambium/consensus_key/v1test-1"));
    statement.push_back(0);
    append(statement, who.address());
    msg.set_possession(to_string(key.key->sign(statement)));
    return step(who, msg);
  }
  void double_sign_now(const std::string& name) {
    double_sign(name, w.height(), w.info().time);
  }
  std::vector<pb::Offence> offences(const Actor& who) {
    std::vector<pb::Offence> out;
    kOffences.scan(w.read(), kOffences.prefix(who.address()), [&](const auto&, const auto& item) {
      out.push_back(item);
      return ScanStep::next;
    });
    return out;
  }
};

TEST_F(Slashing, ADoubleSignCostsTenPercentAndThirtyDays_B_CONS_05_H_CS_03_H_CS_04) {
  const auto supply = w.supply();
  double_sign_now("vera");
  EXPECT_EQ(stake(vera, vera), cbm(90'000).ucbm);
  EXPECT_EQ(w.supply(), supply - cbm(10'000).ucbm) << "burnt";
  EXPECT_FALSE(active(vera)) << "out with the same block";
  EXPECT_EQ(offences(vera).at(0).kind(), pb::Offence::DOUBLE_SIGN);
  w(unjail(vera), fails(ban_not_over));
  w.advance(30 * kDay);
  w(unjail(vera), fails(consensus_key_revoked));
  w(delegate(dora, vera, 1), fails(validator_jailed));
  w(unjail_with_new_key(vera));
  EXPECT_FALSE(active(vera)) << "90,000 CBM of own stake are not enough";
  w(delegate(vera, vera, 10'000));
  EXPECT_TRUE(active(vera));
}

TEST_F(Slashing, ABrokenKeyNeverComesBackAndPaysOnce_B_CONS_05) {
  const auto where = w.height();
  const auto when = w.info().time;
  double_sign("vera", where, when);
  double_sign("vera", where, when);
  double_sign_now("vera");
  EXPECT_EQ(stake(vera, vera), cbm(90'000).ucbm);
  w.advance(31 * kDay);
  auto same = unjail_with_new_key(vera);
  auto& msg = *same.body.mutable_msgs(0)->mutable_staking()->mutable_unjail();
  msg.set_consensus_key(to_string(consensus_key("vera").key->public_key().bytes));
  w(same, fails(consensus_key_used));
}

TEST_F(Slashing, EvidenceOlderThanTwentyOneDaysIsTooLate_B_CONS_05) {
  const auto where = w.height();
  const auto when = w.info().time;
  w.advance(21 * kDay - 1'000);
  double_sign("vera", where, when);
  EXPECT_EQ(stake(vera, vera), cbm(90'000).ucbm) << "just young enough";
  double_sign("vito", where, when);
  EXPECT_EQ(stake(vito, vito), cbm(100'000).ucbm);
}

TEST_F(Slashing, EverybodyBehindAValidatorPaysInProportion_H_CS_03) {
  w(delegate(dora, vera, 1'000));
  w(delegate(erin, vera, 50'000));
  double_sign_now("vera");
  EXPECT_EQ(stake(dora, vera), cbm(900).ucbm);
  EXPECT_EQ(stake(erin, vera), cbm(45'000).ucbm);
  EXPECT_EQ(record(vera).tokens_ucbm(), cbm(135'900).ucbm);
}

TEST_F(Slashing, CoinsThatLeftAfterTheActPayThoseThatLeftBeforeDoNot_H_CS_03) {
  w(delegate(dora, vera, 1'000));
  w(delegate(erin, vera, 1'000));
  w(undelegate(dora, vera, 500));
  w.seal();
  const auto where = w.height();
  const auto when = w.info().time;
  w(undelegate(erin, vera, 500));
  const auto dora_had = w.balance(dora), erin_had = w.balance(erin);
  double_sign("vera", where, when);
  w.advance(21 * kDay);
  w.seal();
  EXPECT_EQ(w.balance(dora), dora_had + cbm(500).ucbm);
  EXPECT_EQ(w.balance(erin), erin_had + cbm(450).ucbm);
}

TEST_F(Slashing, TheBlockOfTheActIsTheFirstThatCounts_H_CS_03) {
  w(delegate(dora, vera, 1'000));
  const auto when = w.info().time;
  w(undelegate(dora, vera, 500));
  const auto had = w.balance(dora);
  double_sign("vera", w.height(), when);
  w.advance(21 * kDay + 1'000);
  w.seal();
  EXPECT_EQ(w.balance(dora), had + cbm(450).ucbm);
}

TEST_F(Slashing, RedelegatedCoinsPayForTheirSourceWhenTheyComplete_H_CS_03) {
  w(delegate(dora, vera, 1'000));
  const auto where = w.height();
  const auto when = w.info().time;
  w(redelegate(dora, vera, vito, 1'000));
  double_sign("vera", where, when);
  EXPECT_EQ(stake(dora, vito), cbm(1'000).ucbm);
  const auto supply = w.supply();
  w.advance(21 * kDay);
  w.seal();
  EXPECT_EQ(stake(dora, vito), cbm(900).ucbm);
  EXPECT_EQ(w.supply(), supply - cbm(100).ucbm);
  EXPECT_EQ(stake(vito, vito), cbm(100'000).ucbm) << "others there lose nothing";
}

TEST_F(Slashing, ASilentValidatorLosesATenthOfAPercentADay_B_CONS_05) {
  pass(24 * kHour, {"vlad"});
  EXPECT_EQ(stake(vlad, vlad), cbm(100'000).ucbm) << "a day is tolerated";
  pass(80 * 60'000, {"vlad"}, 60'000);
  EXPECT_EQ(stake(vlad, vlad), cbm(99'900).ucbm);
  EXPECT_FALSE(active(vlad));
  pass(24 * kHour);
  EXPECT_EQ(stake(vlad, vlad), 99'800'100'000u) << "a tenth of a percent of what is left";
  w(unjail(vlad));  // no ban
  pass(48 * kHour);
  EXPECT_EQ(stake(vlad, vlad), 99'800'100'000u);
  EXPECT_EQ(offences(vlad).size(), 2u);
}

TEST_F(Slashing, WhoLeavesASilentValidatorPaysForNoLaterDay_B_CONS_05) {
  w(delegate(dora, vlad, 1'000));
  pass(26 * kHour, {"vlad"}, kHour / 6);
  EXPECT_EQ(stake(dora, vlad), cbm(999).ucbm);
  w(undelegate(dora, vlad, 999));
  const auto had = w.balance(dora);
  pass(72 * kHour);
  EXPECT_EQ(offences(vlad).size(), 4u);
  w.advance(21 * kDay);
  w.seal();
  EXPECT_EQ(w.balance(dora), had + 998'001'000u) << "the day it left in, but not the next two";
}

TEST_F(Slashing, AFewBlocksAreNoDowntimeHoweverLongTheyTake) {
  pass(30 * kHour, {"vlad"});  // a halted chain: 30 blocks
  EXPECT_EQ(stake(vlad, vlad), cbm(100'000).ucbm);
  block();
  pass(kHour, {"vlad"}, 60'000);
  EXPECT_EQ(stake(vlad, vlad), cbm(100'000).ucbm);
}

TEST_F(Slashing, ACensorLosesTwentyPercentAndNinetyDays_B_CONS_05) {
  const auto hash = [](int i) { return to_id(std::string(32, char(i))); };
  const auto leave_out = [&](int tx, InclusionFacts::Fullness fullness) {
    w.between_blocks({.may_burn = true}, [&](Context& ctx) {
      observe_inclusion(ctx, {consensus("vito"), fullness, {hash(tx), hash(200)}, {hash(200)}});
    });
  };
  for (int tx = 1; tx <= 20; ++tx) {
    leave_out(tx, InclusionFacts::Fullness::full);  // no room: no accusation
    for (int i = 0; i < 3; ++i) {
      EXPECT_EQ(stake(vito, vito), cbm(100'000).ucbm) << "below 20 occasions of 3 blocks";
      leave_out(tx, InclusionFacts::Fullness::had_room);
    }
    leave_out(tx, InclusionFacts::Fullness::had_room);  // one occasion a transaction
  }
  EXPECT_EQ(stake(vito, vito), cbm(80'000).ucbm);
  EXPECT_EQ(offences(vito).at(0).kind(), pb::Offence::CENSORSHIP);
  w.advance(90 * kDay - 60'000);
  w(unjail(vito), fails(ban_not_over));
  w.advance(2 * kHour);
  w(unjail(vito));
}

TEST_F(Slashing, WhatIsTakenInTheEndAccusesNobody) {
  const Hash tx = to_id(std::string(32, 'x'));
  const auto observe = [&](std::vector<Hash> seen, std::vector<Hash> included) {
    w.between_blocks({.may_burn = true}, [&](Context& ctx) {
      observe_inclusion(ctx, {consensus("vito"), InclusionFacts::Fullness::had_room, seen,
                              included});
    });
  };
  for (int i = 0; i < 30; ++i) {
    observe({tx}, {});
    observe({tx}, {});
    observe({tx}, {tx});
  }
  EXPECT_FALSE(kOccasions.has(w.read(), {consensus("vito")}));
  const auto idle = w.root();
  observe({}, {});
  EXPECT_EQ(w.root(), idle);
}

TEST_F(Slashing, TheLastValidatorsStayUntilOthersCanTakeOver) {
  for (const char* name : {"vera", "vito", "vlad"}) double_sign_now(name);
  EXPECT_EQ(staking::active_set(w.read()).size(), 1u);
  w(create(dora, 100'000));
  EXPECT_EQ(staking::active_set(w.read()), std::vector<Address>{dora.address()});
}

TEST_F(Slashing, ABannedValidatorIsPunishedForASecondOffence) {
  double_sign_now("vera");
  const auto until = record(vera).jailed_until_ms();
  w.between_blocks({.may_burn = true}, [&](Context& ctx) {
    punish(ctx, {vera.address(), pb::Offence::INVALID_PROPOSAL, ctx.block().height});
  });
  EXPECT_EQ(stake(vera, vera), cbm(85'500).ucbm);
  EXPECT_EQ(record(vera).jailed_until_ms(), until) << "the longer ban stays";
}

TEST_F(Slashing, SigningInfoTellsWhatWasMissed) {
  pass(10'000, {}, 1'000);
  pass(5'000, {"vlad"}, 1'000);
  pass(5'000, {}, 1'000);
  const auto answer =
      ask(w.registry(), w.state(), w.environment(), {"slashing", "signing_info"},
          R"({"operator":")" + vlad.address().text() + R"("})");
  ASSERT_TRUE(answer);
  EXPECT_NE(answer->json.find(R"("missed":"5")"), std::string::npos) << answer->json;
  EXPECT_NE(answer->json.find(R"("blocks":"20")"), std::string::npos) << answer->json;
  EXPECT_NE(answer->json.find(R"("uptime_nano":"750000000")"), std::string::npos) << answer->json;
}

}  // namespace
}  // namespace cambium::chain::slashing
