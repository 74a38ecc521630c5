// Proposals, deposits, cancelling, parameters and the upgrade (H/GO-01).
#include "chain/modules/governance/governance.hpp"
#include "chain/modules/testing/governance_story.hpp"
#include "chain/records.hpp"
#include "chain/upgrade.hpp"

namespace cambium::chain::testing {
namespace {

gpb::Propose valid() {
  gpb::Propose msg;
  msg.set_track(gpb::TRACK_STAKE);
  msg.set_title("Cheaper gas");
  *msg.add_actions() = param_action("chain", "min_base_fee_nano_ucbm", "\"500000\"");
  msg.set_deposit_ucbm(cbm(500).ucbm);
  return msg;
}

Step deposit(const Actor& who, std::uint64_t id, std::uint64_t whole_cbm) {
  gpb::Deposit msg;
  msg.set_proposal(id);
  msg.set_amount_ucbm(cbm(whole_cbm).ucbm);
  return step(who, msg);
}

Step cancel(const Actor& who, std::uint64_t id) {
  gpb::Cancel msg;
  msg.set_proposal(id);
  return step(who, msg);
}

TEST(Propose, RefusesInThisOrder) {
  GovernanceStory s;
  auto msg = valid();
  msg.clear_track();
  msg.clear_title();
  msg.set_deposit_ucbm(1);
  s.w(step(s.alice, msg), fails(field_out_of_range));
  msg.set_track(gpb::TRACK_STAKE);
  msg.set_title(std::string(141, 't'));
  s.w(step(s.alice, msg), fails(field_too_long));
  msg.set_title("t");
  msg.mutable_actions(0)->mutable_param()->clear_field();
  s.w(step(s.alice, msg), fails(field_out_of_range));
  msg.mutable_actions(0)->mutable_param()->set_field("min_base_fee_nano_ucbm");
  s.w(step(s.alice, msg), fails(deposit_too_small));
  msg.set_deposit_ucbm(cbm(400'000).ucbm);
  *msg.mutable_actions(0) = pause_action({});
  s.w(step(s.alice, msg), fails(action_not_allowed));
  *msg.mutable_actions(0) = param_action("chain", "no_such", "1");
  s.w(step(s.alice, msg), fails(unknown_parameter));
  *msg.mutable_actions(0) = valid().actions(0);
  s.w(step(s.alice, msg), fails(insufficient_funds));
  msg.set_deposit_ucbm(cbm(500).ucbm);
  s.w(step(s.alice, msg));
}

TEST(Propose, OnlyTheElectorateOfNodesAndValidatorsMayCallIt) {
  GovernanceStory s;
  auto msg = valid();
  msg.set_track(gpb::TRACK_TIER);
  msg.clear_actions();
  s.w(step(s.alice, msg), fails(no_voting_power));
  msg.set_track(gpb::TRACK_SECURITY);
  *msg.add_actions() = pause_action({});
  s.w(step(s.alice, msg), fails(field_out_of_range));  // emergencies take no deposit
  msg.clear_deposit_ucbm();
  s.w(step(s.alice, msg), fails(no_voting_power));
  s.w(step(s.validator(1), msg));
}

TEST(Propose, AMessageMustBeTheGovernanceAccountsOwn) {
  GovernanceStory s;
  tpb::Pay pay;
  pay.set_to(s.bob.field());
  pay.set_amount_ucbm(5);
  auto msg = valid();
  msg.mutable_actions(0)->set_message(stored_message(s.alice.address(), pay));
  s.w(step(s.alice, msg), fails(bad_address));
  msg.mutable_actions(0)->set_message("no message");
  s.w(step(s.alice, msg), fails(undecodable));
  *msg.mutable_actions(0) = message_action(pay);
  s.w(step(s.alice, msg));
}

TEST(Deposit, OpensTheVoteWhenItIsWholeAndComesBackWhenItIsNot) {
  GovernanceStory s;
  auto msg = valid();
  msg.set_deposit_ucbm(cbm(100).ucbm);
  s.w(step(s.alice, msg));
  EXPECT_EQ(s.status_text(1), "STATUS_DEPOSIT");
  s.w(deposit(s.bob, 9, 1), fails(proposal_not_found));
  gpb::Deposit little;
  little.set_proposal(1);
  little.set_amount_ucbm(1);
  s.w(step(s.bob, little), fails(deposit_too_small));
  s.w(deposit(s.bob, 1, 400));
  EXPECT_EQ(s.status_text(1), "STATUS_VOTING");
  s.w(deposit(s.bob, 1, 1), fails(wrong_proposal_step));

  s.w(step(s.alice, msg));
  const auto before = s.w.balance(s.alice);
  s.end_vote(2);  // here: its deposit window
  EXPECT_EQ(s.status_text(2), "STATUS_EXPIRED");
  EXPECT_EQ(s.w.balance(s.alice) - before, cbm(200).ucbm) << "and that of the vote before it";
}

// A governance upgrade at a height switches the second rules on: Cancel is one of them (H/GO-01).
TEST(Upgrade, AtItsHeightTheRulesChange) {
  GovernanceStory s;
  const auto height = s.w.height().value + 30;
  const auto second = s.propose({});
  s.pass({upgrade_action(height, 2)});
  const auto open = s.propose({});
  s.w(cancel(s.alice, open), fails(not_active_yet));
  while (s.w.height().value + 1 < height) s.w.seal();
  EXPECT_EQ(kParams.get_or_default(s.w.read(), {}).rules_version(), 1u);
  const NextBlock old_program{{height}, 1};
  const auto missing = missing_upgrade(s.w.state(), old_program);
  ASSERT_TRUE(missing);
  const auto text = missing_upgrade_text(*missing, old_program);
  EXPECT_NE(text.find("needs rules version 2"), std::string::npos) << text;
  EXPECT_FALSE(missing_upgrade(s.w.state(), {{height}, 2}));
  EXPECT_FALSE(missing_upgrade(s.w.state(), {{height - 1}, 1}));

  s.w(cancel(s.alice, open));  // the block at that height
  EXPECT_EQ(s.event("chain.upgraded").attributes(2).value(), "2");
  EXPECT_TRUE(missing_upgrade(s.w.state(), {{height + 1}, 1})) << "an old program stays out";
  EXPECT_EQ(s.status_text(open), "STATUS_CANCELLED");
  s.w(cancel(s.alice, second), fails(wrong_proposal_step));
}

TEST(Upgrade, ThePlanMustComeInTimeAndMoveUpward) {
  GovernanceStory s;
  const auto now = s.w.height().value;
  s.propose_on(s.alice, gpb::TRACK_STAKE, {upgrade_action(now + 5, 2)},
               fails(upgrade_height_passed));
  s.propose_on(s.alice, gpb::TRACK_STAKE, {upgrade_action(now + 500, 1)},
               fails(upgrade_version_too_low));
  s.pass({upgrade_action(now + 500, 2)});
  gpb::Action off;
  off.mutable_cancel_upgrade()->set_height(now + 499);
  s.propose_on(s.alice, gpb::TRACK_STAKE, {off}, fails(upgrade_not_found));
  off.mutable_cancel_upgrade()->set_height(now + 500);
  s.pass({off});
  EXPECT_FALSE(kUpgrades.has(s.w.read(), {now + 500}));
}

TEST(Cancel, CostsHalfOfTheProposersOwnDeposit) {
  GovernanceStory s;
  s.pass({upgrade_action(s.w.height().value + 20, 2)});
  for (int i = 0; i < 15; ++i) s.w.seal();
  const auto id = s.propose({});
  s.w(cancel(s.bob, 99), fails(proposal_not_found));
  s.w(cancel(s.bob, id), fails(not_the_proposer));
  const auto supply = s.w.supply();
  const auto before = s.w.balance(s.alice);
  s.w(cancel(s.alice, id));
  EXPECT_GE(s.w.balance(s.alice) + 50'000 - before, cbm(250).ucbm);
  EXPECT_GE(supply - s.w.supply(), cbm(250).ucbm);
}

TEST(Params, EveryModuleRefusesNonsense) {
  struct Case {
    const char* module;
    const char* field;
    const char* value;
    TxStatus expected;
  };
  const Case cases[] = {
      {"chain", "rules_version", "2", parameter_refused},
      {"chain", "tx_gas_limit", "\"5\"", parameter_refused},
      {"chain", "tx_gas_limit", "\"five\"", bad_parameter_value},
      {"chain", "tx_gas_limit", "\"60000000\",\"max_tx_bytes\":\"1\"", bad_parameter_value},
      {"rewards", "mint_cap_nano", "\"200000000\"", parameter_refused},  // B/ECON-01
      {"rewards", "hosts_share_nano", "\"900000000\"", parameter_refused},
      {"governance", "stake_threshold_nano", "\"400000000\"", parameter_refused},
      {"governance", "security_lasts_ms", "\"99999999999\"", parameter_refused},
      {"treasury", "panel_size", "4", parameter_refused},
      {"bank", "anything", "1", unknown_parameter},
      {"models", "work_bits", "20", unknown_parameter},  // this chain has no models
      {"treasury", "panel_size", "5", ok},
  };
  GovernanceStory s;
  for (const auto& c : cases) {
    s.propose_on(s.alice, gpb::TRACK_STAKE, {param_action(c.module, c.field, c.value)},
                 fails(c.expected));
  }
  const auto why = s.ask("governance", "try_param",
                         R"({"module":"treasury","field":"panel_size","value_json":"4"})");
  EXPECT_NE(why.find("3, 5 or 7 arbitrators"), std::string::npos) << why;
}

}  // namespace
}  // namespace cambium::chain::testing
