// A key is made on chain, survives liars and absentees, and what it signs draws.
#include <gtest/gtest.h>

#include <set>

#include "chain/modules/beacon/session.hpp"
#include "chain/modules/testing/stake_story.hpp"

namespace cambium::chain::beacon {
namespace {

using namespace testing;

constexpr std::int64_t kWindow = 60'000;

class Beacon : public ::testing::Test, protected StakeStory {
 protected:
  Beacon() : StakeStory(first_state()) {}

  static v1::Genesis first_state() {
    auto genesis = StakeStory::genesis({.modules = {}});
    pb::Genesis state;
    state.mutable_params()->set_epoch_ms(kDay);
    state.mutable_params()->set_deal_window_ms(kWindow);
    state.mutable_params()->set_complaint_window_ms(kWindow);
    auto* part = genesis.add_modules();
    part->set_name("beacon");
    part->set_state(to_string(schema::encode(state)));
    return genesis;
  }

  Bytes secret(const Actor& who) const { return to_bytes(as_bytes("secret of " + who.name)); }
  pb::Session session() const { return kSession.get_or_default(w.read(), {}); }
  std::optional<pb::Group> group() const { return group_of_round(w.read(), {UINT64_MAX}); }

  Step register_key(const Actor& who, const Actor& proven_for) {
    const auto made = signer.key_of(secret(who), key_context({"test-1", 0, proven_for.address()}));
    pb::Register msg;
    msg.set_key(to_string(made.key));
    msg.set_proof(to_string(made.proof));
    return step(who, msg);
  }
  void register_all() {
    for (const auto* who : {&vera, &vito, &vlad}) w(register_key(*who, *who));
  }

  Bytes context(const Actor& dealer) const {
    return deal_context({"test-1", session().number(), dealer.address()});
  }
  crypto::BeaconDeal deal_by(const Actor& who) const {
    std::vector<crypto::BeaconRecipient> to;
    const auto now = session();
    for (const auto& m : now.members()) to.push_back({as_bytes(m.key()), {m.first(), m.count()}});
    return signer.deal(secret(who), context(who), to);
  }
  Step deal(const Actor& who, const crypto::BeaconDeal& made) const {
    pb::Deal msg;
    msg.set_session(session().number());
    msg.set_commitments(to_string(made.commitments));
    msg.set_ephemeral(to_string(made.ephemeral));
    msg.set_proof(to_string(made.proof));
    msg.set_shares(to_string(made.shares));
    return step(who, msg).fee(0, 5'000'000);
  }
  Step deal(const Actor& who) const { return deal(who, deal_by(who)); }
  /// Its shares for `victim` are wrong.
  Step bad_deal(const Actor& who, const Actor& victim) const {
    auto made = deal_by(who);
    const auto now = session();
    made.shares[8 * (member_of(now, victim.address())->first() - 1)] ^= 1;
    return deal(who, made);
  }
  Step complain(const Actor& who, const Actor& dealer) const {
    const auto stored = stored_deal(w.read(), session().number(), dealer.address());
    const auto opened = stored ? signer.complain(secret(who), {*stored, context(dealer)})
                               : crypto::BeaconOpening{{1}, {1}};
    pb::Complain msg;
    msg.set_session(session().number());
    msg.set_dealer(dealer.field());
    msg.set_point(to_string(opened.point));
    msg.set_proof(to_string(opened.proof));
    return step(who, msg).fee(0, 5'000'000);
  }
  void end_complaints() {
    w.advance(kWindow);
    w.seal();
  }
  void make_group() {
    register_all();
    // As the validators' agents send it: free, and without a nonce that others could take.
    for (const auto* who : {&vera, &vito, &vlad}) {
      w(deal(*who).unordered(w.info().time.value + kWindow));
    }
    end_complaints();
    ASSERT_TRUE(group());
  }

  /// What these members sign together for a round; nothing when their shares do not suffice.
  std::optional<Bytes> sign(Height round, std::vector<Actor> by) const {
    const auto current = *group();
    std::vector<crypto::PartialSignature> partials;
    for (const Actor& who : by) {
      for (const auto& share : shares_of(current, who)) {
        partials.push_back({share.number, signer.sign(share, round_message("test-1", round))});
      }
    }
    return signer.combine(partials);
  }
  std::vector<crypto::SecretShare> shares_of(const pb::Group& current, const Actor& who) const {
    std::vector<std::vector<crypto::SecretShare>> parts;
    for (const auto& dealer : current.dealers()) {
      const auto stored = *stored_deal(w.read(), current.session(), to_address(dealer));
      const Bytes place = deal_context({"test-1", current.session(), to_address(dealer)});
      for (const auto& m : current.members()) {
        if (m.operator_() != who.field()) continue;
        parts.push_back(*signer.open(secret(who), {stored, place}, {m.first(), m.count()}));
      }
    }
    return parts.empty() ? std::vector<crypto::SecretShare>{} : signer.sum(parts);
  }
  bool verifies(Height round, const Bytes& signature) const {
    const Hash message = round_message("test-1", round);
    return signer.scheme().verify({as_bytes(group()->commitments()), message, signature});
  }

  StandInBeacon signer;
};

TEST(Allot, GivesSharesByPowerLargestRemaindersFirst) {
  const auto who = [](const char* name) { return actor(name).address(); };
  const auto parts = allot({{who("a"), 200}, {who("b"), 100}, {who("c"), 1}});
  ASSERT_EQ(parts.size(), 2u) << "0.33 of a share is none";
  EXPECT_EQ(parts[0].range, (crypto::ShareRange{1, 67}));
  EXPECT_EQ(parts[1].range, (crypto::ShareRange{68, 33}));
  EXPECT_TRUE(allot({}).empty());
}

TEST_F(Beacon, MembersMakeAKeyThatAnyFiftyOneSharesSignWith) {
  make_group();
  EXPECT_EQ(session().phase(), pb::PHASE_NONE);
  EXPECT_EQ(group()->dealers_size(), 3);
  const auto all = sign({7}, {vera, vito, vlad});
  ASSERT_TRUE(all);
  EXPECT_TRUE(verifies({7}, *all));
  EXPECT_FALSE(verifies({8}, *all));
  EXPECT_EQ(sign({7}, {vlad, vera}), all);
}

TEST_F(Beacon, AMinorityOfSharesRevealsNothing) {
  make_group();
  EXPECT_FALSE(sign({7}, {vera})) << "34 shares are too few";
  // With 50 shares every value of the signature is still possible: each guess of one more share
  // leads to another, so that the true one cannot be told.
  std::vector<crypto::PartialSignature> partials;
  for (const Actor& who : {vera, vito}) {
    for (const auto& share : shares_of(*group(), who)) {
      if (partials.size() == crypto::kBeaconThreshold - 1) break;
      partials.push_back({share.number, signer.sign(share, round_message("test-1", {7}))});
    }
  }
  std::set<Bytes> possible;
  for (std::uint8_t guess = 1; guess <= 100; ++guess) {
    auto guessed = partials;
    guessed.push_back({100, {0, 0, 0, 0, 0, 0, 0, guess}});
    possible.insert(*signer.combine(guessed));
  }
  EXPECT_EQ(possible.size(), 100u);
}

TEST_F(Beacon, AShownLiarIsOutAndTheOthersMakeTheKey) {
  register_all();
  w(bad_deal(vera, vlad));
  w(deal(vito));
  w(deal(vlad));
  w(complain(vito, vera), fails(beacon_share_is_good));
  w(complain(vlad, vito), fails(beacon_share_is_good));
  w(complain(vlad, vera));
  w(complain(vlad, vera), fails(beacon_no_deal));
  end_complaints();
  ASSERT_TRUE(group());
  EXPECT_EQ(group()->dealers_size(), 2);
  EXPECT_EQ(group()->members_size(), 3) << "the liar still holds shares of the others' deals";
  EXPECT_TRUE(verifies({9}, *sign({9}, {vera, vlad})));
}

TEST_F(Beacon, AFailedSessionKeepsTheOldGroup) {
  make_group();
  const auto before = group()->SerializeAsString();
  w(delegate(dora, vera, 50'000));  // other shares: a new key is due
  w.advance(kDay);
  w.seal();
  ASSERT_EQ(session().phase(), pb::PHASE_DEALS);
  w(deal(vito));
  w.advance(kWindow);
  w.seal();
  EXPECT_EQ(session().phase(), pb::PHASE_NONE) << "28 shares' dealer is not enough";
  EXPECT_EQ(group()->SerializeAsString(), before);
  EXPECT_TRUE(verifies({50}, *sign({50}, {vera, vito})));
  const auto failed = session().SerializeAsString();
  w.advance(kDay / 2);
  w.seal();
  EXPECT_EQ(session().SerializeAsString(), failed) << "the next one comes with the next epoch";
}

TEST_F(Beacon, TheNextGroupTakesOverFromTheRoundAfterIt) {
  make_group();
  const auto before = *group();
  w(delegate(dora, vera, 50'000));
  w.advance(kDay);
  w.seal();
  for (const auto* who : {&vera, &vito, &vlad}) w(deal(*who));
  const Height voted = w.height().next();
  end_complaints();
  ASSERT_NE(group()->session(), before.session());
  EXPECT_EQ(group_of_round(w.read(), voted)->session(), before.session())
      << "votes on this block were given before the key was there";
  EXPECT_EQ(group_of_round(w.read(), voted.next())->session(), group()->session());
  EXPECT_FALSE(stored_deal(w.read(), before.session(), vera.address()));
  EXPECT_TRUE(verifies({70}, *sign({70}, {vera, vito})));
}

TEST_F(Beacon, AnIdleChainStaysIdle) {
  make_group();
  w.draw_by(v1::BEACON_KIND_THRESHOLD, Bytes(32, 1));
  w.seal();
  const auto idle = w.root();
  for (int i = 0; i < 50; ++i) w.seal();
  EXPECT_EQ(w.root(), idle) << "rounds come with every block and leave no trace";
}

TEST_F(Beacon, ARoundIsKeptWhileADrawWaitsForIt) {
  make_group();
  w.draw_by(v1::BEACON_KIND_THRESHOLD, Bytes(32, 1));
  w.between_blocks({}, [](Context& ctx) { ask(ctx); });
  const Height asked{kPending.get(w.read(), {})->asked_height()};
  while (!w.info().draw(asked)) w.seal();
  EXPECT_EQ(w.info().beacon_round, asked.next());
  EXPECT_EQ(w.height().value, asked.value + 2) << "asked for in h, signed over h+1, carried in h+2";
  EXPECT_EQ(kRounds.get(w.read(), {asked.value + 1})->value(), to_string(Bytes(32, 1)));
  w.seal();
  EXPECT_FALSE(kPending.has(w.read(), {}));
  EXPECT_FALSE(kRounds.has(w.read(), {asked.value + 1}));
}

TEST_F(Beacon, WithoutARoundADrawWaits) {
  make_group();
  w.draw_by(v1::BEACON_KIND_THRESHOLD, {});
  w.between_blocks({}, [](Context& ctx) { ask(ctx); });
  const auto waiting = w.root();
  for (int i = 0; i < 5; ++i) w.seal();
  EXPECT_FALSE(w.info().draw({1}));
  EXPECT_EQ(w.root(), waiting);
}

TEST_F(Beacon, RegisterRefusesInThisOrder) {
  w(register_key(dora, dora), fails(validator_not_found));
  w(register_key(vera, vito), fails(beacon_bad_key));
  w(register_key(vera, vera));
  w(register_key(vera, vera), fails(beacon_key_in_use));
}

TEST_F(Beacon, DealAndComplainRefuseInThisOrder) {
  register_all();
  auto early = deal(vera);
  w(complain(vlad, vera), fails(beacon_wrong_session));
  auto other = deal(vera);
  other.body.mutable_msgs(0)->mutable_beacon()->mutable_deal()->set_session(99);
  w(other, fails(beacon_wrong_session));
  w(deal(dora, deal_by(vera)), fails(beacon_not_a_member));
  w(deal(vera, deal_by(vito)), fails(beacon_bad_deal));
  w(early);
  w(deal(vera), fails(beacon_already_dealt));
  w(deal(vito));
  w(deal(vlad));
  w(deal(vlad), fails(beacon_wrong_session));
  auto forged = complain(vlad, vera);
  forged.body.mutable_msgs(0)->mutable_beacon()->mutable_complain()->set_point("otherwise");
  w(forged, fails(beacon_complaint_unproven));
  w(complain(dora, vera), fails(beacon_not_a_member));
}

}  // namespace
}  // namespace cambium::chain::beacon
