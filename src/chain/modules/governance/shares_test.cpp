// Voters and successful proposers share 0.5 % of what came into the treasury in a year.
#include "chain/modules/governance/governance.hpp"
#include "chain/modules/testing/governance_story.hpp"

namespace cambium::chain::testing {
namespace {

using enum gpb::Choice;

Step claim(const Actor& who, std::uint64_t id) {
  gpb::ClaimShare msg;
  msg.set_proposal(id);
  return step(who, msg);
}

TEST(Shares, AYearsInflowIsSharedByItsVoters) {
  GovernanceStory s;
  const auto id = s.propose({});
  for (int i = 1; i <= 3; ++i) s.vote(s.validator(i), id, CHOICE_YES);
  s.end_vote(id);
  s.w(send(s.alice, module_address("treasury"), cbm(200'000).ucbm));
  s.w(claim(s.validator(1), id), fails(year_not_over));
  s.w.advance(366 * kStoryDayMs);
  s.w.seal();
  const auto held = s.w.balance(governance::governance_account());
  EXPECT_EQ(held, cbm(1'000).ucbm) << "0.5 % of 200,000 CBM";

  const auto voter = s.w.balance(s.validator(1));
  s.w(claim(s.validator(1), id));
  EXPECT_NEAR(double(s.w.balance(s.validator(1)) - voter), 300e6, 60'000) << "a third of 90 %";
  s.w(claim(s.validator(1), id), fails(nothing_to_claim));
  s.w(claim(s.bob, id), fails(nothing_to_claim));
  const auto proposer = s.w.balance(s.alice);
  s.w(claim(s.alice, id));
  EXPECT_NEAR(double(s.w.balance(s.alice) - proposer), 100e6, 60'000) << "the proposer's tenth";
  s.w(claim(s.alice, id), fails(nothing_to_claim));
  EXPECT_EQ(s.w.balance(governance::governance_account()), cbm(600).ucbm);

  s.w.advance(366 * kStoryDayMs);
  s.w.seal();
  s.w(claim(s.validator(2), id), fails(nothing_to_claim));
  s.w(claim(s.validator(2), 9), fails(proposal_not_found));
}

}  // namespace
}  // namespace cambium::chain::testing
