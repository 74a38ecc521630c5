// In which order the treasury's messages refuse; each row is wrong in one more way than the next.
#include "chain/modules/testing/governance_story.hpp"

namespace cambium::chain::testing {
namespace {

const Actor alice = actor("alice");
const Actor bob = actor("bob");
constexpr std::int64_t kLater = 1'800'000'000'000;

TEST(TreasuryRefusals, OpenStream) {
  GovernanceStory s;
  tpb::OpenStream msg;
  msg.set_purpose(std::string(2'001, 'p'));
  s.w(step(alice, msg), fails(bad_address));
  msg.set_to(to_field(module_address("treasury")));
  s.w(step(alice, msg), fails(self_transfer));
  msg.set_to(bob.field());
  s.w(step(alice, msg), fails(bad_amount));
  msg.set_amount_ucbm(1);
  s.w(step(alice, msg), fails(field_too_long));
  msg.clear_purpose();
  s.w(step(alice, msg), fails(field_out_of_range));
  msg.set_end_ms(kLater);
  msg.set_start_ms(kLater - 1'000);
  s.w(step(alice, msg), fails(not_by_proposal));
}

TEST(TreasuryRefusals, OpenGrant) {
  GovernanceStory s;
  tpb::OpenGrant msg;
  s.w(step(alice, msg), fails(bad_address));
  msg.set_to(bob.field());
  s.w(step(alice, msg), fails(field_out_of_range));  // no milestone
  auto* milestone = msg.add_milestones();
  milestone->set_title(std::string(141, 't'));
  s.w(step(alice, msg), fails(bad_amount));
  milestone->set_amount_ucbm(UINT64_MAX);
  s.w(step(alice, msg), fails(field_too_long));
  milestone->clear_title();
  *msg.add_milestones() = *milestone;
  s.w(step(alice, msg), fails(bad_amount));  // the sum exceeds 64 bits
  msg.mutable_milestones(1)->set_amount_ucbm(1);
  msg.mutable_milestones(0)->set_amount_ucbm(1);
  msg.set_needed(1);
  s.w(step(alice, msg), fails(field_out_of_range));  // of no reviewers
  msg.add_reviewers("short");
  s.w(step(alice, msg), fails(bad_address));
  msg.set_reviewers(0, bob.field());
  msg.add_reviewers(bob.field());
  s.w(step(alice, msg), fails(field_out_of_range));  // twice the same
  msg.mutable_reviewers()->RemoveLast();
  s.w(step(alice, msg), fails(not_by_proposal));
}

TEST(TreasuryRefusals, OpenBounty) {
  GovernanceStory s;
  tpb::OpenBounty msg;
  s.w(step(alice, msg), fails(field_out_of_range));  // no title
  msg.set_title(std::string(141, 't'));
  s.w(step(alice, msg), fails(field_too_long));
  msg.set_title("t");
  s.w(step(alice, msg), fails(bad_amount));
  msg.set_amount_ucbm(1);
  s.w(step(alice, msg), fails(field_out_of_range));  // no deadline
  msg.set_deadline_ms(1);
  s.w(step(alice, msg), fails(field_out_of_range));  // no reviewer
  msg.add_reviewers(bob.field());
  msg.set_needed(1);
  s.w(step(alice, msg), fails(not_by_proposal));
  s.propose_on(alice, gpb::TRACK_STAKE, {message_action(msg)});  // passes its preflight
}

TEST(TreasuryRefusals, WorkAndDisputes) {
  GovernanceStory s;
  tpb::SubmitWork work;
  s.w(step(alice, work), fails(field_out_of_range));
  work.set_bounty(1);
  s.w(step(alice, work), fails(bad_hash));
  work.set_hash(std::string(32, 'w'));
  work.set_link(std::string(2'001, 'l'));
  s.w(step(alice, work), fails(field_too_long));
  work.clear_link();
  s.w(step(alice, work), fails(bounty_not_found));
  tpb::ReviewWork review;
  review.set_bounty(1);
  s.w(step(alice, review), fails(bad_address));
  review.set_claimant(bob.field());
  s.w(step(alice, review), fails(bounty_not_found));
  tpb::OpenDispute dispute;
  s.w(step(alice, dispute), fails(field_out_of_range));
  dispute.set_bounty(1);
  s.w(step(alice, dispute), fails(bounty_not_found));
  tpb::Rule rule;
  rule.set_dispute(1);
  s.w(step(alice, rule), fails(dispute_not_found));
  tpb::Appeal appeal;
  appeal.set_dispute(1);
  s.w(step(alice, appeal), fails(dispute_not_found));
  tpb::StopStream stop;
  stop.set_stream(1);
  s.w(step(alice, stop), fails(not_by_proposal));
  tpb::StopGrant end;
  end.set_grant(1);
  s.w(step(alice, end), fails(funding_not_found));
}

}  // namespace
}  // namespace cambium::chain::testing
