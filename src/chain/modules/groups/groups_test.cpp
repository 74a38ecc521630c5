// Accounts that several people act from by vote.
#include "chain/modules/groups/groups.hpp"

#include "chain/modules/testing/governance_story.hpp"

namespace cambium::chain::testing {
namespace {

namespace grp = cambium::groups::v1;
using enum grp::Choice;

constexpr std::int64_t kHourMs = 3'600'000;

/// alice weighs 3, bob 2, carol 1; three are needed; acts wait an hour.
class Groups : public ::testing::Test {
 protected:
  Groups() { w(step(alice, valid())); }

  grp::Create valid() {
    grp::Create msg;
    msg.set_title("Kernel people");
    *msg.mutable_members() = members({{alice, 3}, {bob, 2}, {carol, 1}});
    msg.mutable_policy()->set_threshold(3);
    msg.mutable_policy()->set_voting_window_ms(24 * kHourMs);
    msg.mutable_policy()->set_min_delay_ms(kHourMs);
    return msg;
  }
  static google::protobuf::RepeatedPtrField<grp::Member> members(
      std::vector<std::pair<Actor, std::uint64_t>> list) {
    std::ranges::sort(list, {}, [](const auto& item) { return item.first.field(); });
    google::protobuf::RepeatedPtrField<grp::Member> out;
    for (const auto& [who, weight] : list) {
      out.Add()->set_account(who.field());
      out.rbegin()->set_weight(weight);
    }
    return out;
  }
  std::uint64_t propose(const Actor& who, const std::vector<std::string>& messages,
                        Expect expect = {}) {
    grp::Propose msg;
    msg.set_group(1);
    msg.set_title("Pay dave");
    for (const auto& message : messages) msg.add_messages(message);
    w(step(who, msg), expect);
    return groups::kGroupTotals.get_or_default(w.read(), {}).last_proposal();
  }
  std::string pay_dave(std::uint64_t ucbm) {
    bank::pb::Send send;
    send.set_to(dave.field());
    *send.mutable_coin() = bank::coin(ucbm);
    return stored_message(groups::group_account(1), send);
  }
  Step vote(const Actor& who, std::uint64_t id, grp::Choice choice) {
    grp::Vote msg;
    msg.set_proposal(id);
    msg.set_choice(choice);
    return step(who, msg);
  }
  Step execute(std::uint64_t id) {
    grp::Execute msg;
    msg.set_proposal(id);
    return step(carol, msg);
  }
  Step update(const Actor& who, std::vector<std::pair<Actor, std::uint64_t>> list) {
    grp::UpdateMembers msg;
    msg.set_group(1);
    *msg.mutable_members() = members(std::move(list));
    return step(who, msg);
  }
  grp::Group group() { return groups::kGroups.get_or_default(w.read(), {1}); }

  Actor alice = actor("alice"), bob = actor("bob"), carol = actor("carol"), dave = actor("dave"),
        erin = actor("erin");  // a stranger
  World w{World::genesis({{alice}, {bob}, {carol}, {erin}}, {"groups"})};
};

TEST_F(Groups, ActTogether) {
  w(send(alice, groups::group_account(1), 1'000));
  const auto id = propose(bob, {pay_dave(600)});
  w(vote(bob, id, CHOICE_YES));
  w(execute(id), fails(not_accepted));
  w(vote(carol, id, CHOICE_YES));
  w(execute(id), fails(execution_too_early));
  w.advance(kHourMs);
  w(execute(id));
  EXPECT_EQ(w.balance(dave), 600u);
  EXPECT_EQ(w.balance(groups::group_account(1)), 400u);
  w(execute(id), fails(group_proposal_not_found));
}

TEST_F(Groups, WhatFailsMayBeTriedAgain) {
  const auto id = propose(alice, {pay_dave(600)});
  w(vote(alice, id, CHOICE_YES));
  w.advance(kHourMs);
  w(execute(id), fails(insufficient_funds));
  w(send(alice, groups::group_account(1), 600));
  w(execute(id));
  EXPECT_EQ(w.balance(dave), 600u);
}

TEST_F(Groups, VotesChangeAndEnd) {
  const auto id = propose(alice, {});
  w(vote(erin, id, CHOICE_YES), fails(not_a_member));
  w(vote(bob, 9, CHOICE_YES), fails(group_proposal_not_found));
  w(vote(bob, id, CHOICE_NO));
  w(vote(bob, id, CHOICE_YES));
  w.advance(24 * kHourMs);
  w(vote(carol, id, CHOICE_YES), fails(group_voting_closed));
  w(execute(id), fails(not_accepted));
  grp::Withdraw gone;
  gone.set_proposal(id);
  w(step(carol, gone));  // dead: anyone may clear it away
  EXPECT_FALSE(groups::kGroupBallots.has(w.read(), {id, bob.address()}));
}

TEST_F(Groups, ProposalsOfAnotherTimeAreWorthNothing) {
  const auto old = propose(bob, {});
  w(vote(alice, old, CHOICE_YES));  // accepted, but not yet executed
  EXPECT_EQ(group().admin(), group().account()) << "the group rules itself";
  w(update(alice, {{dave, 5}}), fails(not_group_admin));
  grp::UpdateMembers msg;
  msg.set_group(1);
  *msg.mutable_members() = members({{dave, 5}, {carol, 0}});
  const auto id = propose(alice, {stored_message(groups::group_account(1), msg)});
  w(vote(alice, id, CHOICE_YES));
  w.advance(kHourMs);
  w(execute(id));
  EXPECT_EQ(group().total_weight(), 10u);
  EXPECT_EQ(group().members(), 3u);
  w(execute(old), fails(group_changed));
  w(vote(alice, old, CHOICE_YES), fails(group_changed));
  w(vote(carol, propose(bob, {}), CHOICE_YES), fails(not_a_member));
}

TEST_F(Groups, MembersLeaveUnlessNothingCouldBeDecidedThen) {
  grp::Leave leave;
  leave.set_group(1);
  w(step(alice, leave));
  EXPECT_EQ(group().total_weight(), 3u);
  w(step(carol, leave), fails(policy_impossible));
  w(step(alice, leave), fails(not_a_member));
  leave.set_group(2);
  w(step(bob, leave), fails(group_not_found));
}

TEST_F(Groups, PercentagesAreOfAllWeight) {
  auto msg = valid();
  msg.set_admin(alice.field());
  msg.mutable_policy()->clear_threshold();
  msg.mutable_policy()->set_percentage_nano(500'000'000);
  msg.mutable_policy()->set_min_delay_ms(0);
  w(step(alice, msg));
  grp::Propose poll;
  poll.set_group(2);
  poll.set_title("t");
  w(step(bob, poll));
  w(vote(bob, 1, CHOICE_YES));
  w(execute(1), fails(not_accepted));
  w(vote(carol, 1, CHOICE_YES));
  w(execute(1));  // 3 of 6
  grp::UpdateAdmin over;
  over.set_group(2);
  over.set_admin(bob.field());
  w(step(bob, over), fails(not_group_admin));
  w(step(alice, over));
  grp::UpdatePolicy policy;
  policy.set_group(2);
  *policy.mutable_policy() = valid().policy();
  w(step(alice, policy), fails(not_group_admin));
  w(step(bob, policy));
}

TEST_F(Groups, CreateRefusesInThisOrder) {
  auto msg = valid();
  msg.set_admin("short");
  msg.clear_title();
  msg.mutable_policy()->set_percentage_nano(5);
  w(step(alice, msg), fails(bad_address));
  msg.clear_admin();
  w(step(alice, msg), fails(field_out_of_range));
  msg.set_title(std::string(141, 't'));
  w(step(alice, msg), fails(field_too_long));
  msg.set_title("t");
  msg.mutable_members(0)->set_weight(0);
  w(step(alice, msg), fails(field_out_of_range));
  msg.mutable_members(0)->set_weight(1);
  w(step(alice, msg), fails(field_out_of_range));  // a threshold or a percentage, not both
  msg.mutable_policy()->clear_percentage_nano();
  msg.mutable_policy()->set_threshold(50);
  w(step(alice, msg), fails(policy_impossible));
}

TEST_F(Groups, MessagesMustBeTheGroupsOwn) {
  bank::pb::Send send;
  send.set_to(dave.field());
  *send.mutable_coin() = bank::coin(5);
  propose(erin, {}, fails(not_a_member));
  propose(alice, {stored_message(alice.address(), send)}, fails(bad_address));
  propose(alice, {std::string("junk")}, fails(undecodable));
}

}  // namespace
}  // namespace cambium::chain::testing
