// Acting for another account, and paying for another's transactions.
#include "chain/modules/accounts/accounts.hpp"
#include "chain/testing/world.hpp"

namespace cambium::chain::testing {
namespace {

const Actor alice = actor("alice");
const Actor bob = actor("bob");
const Actor carol = actor("carol");

accounts::pb::Grant allow_send() {
  accounts::pb::Grant msg;
  msg.set_grantee(bob.field());
  msg.set_message("bank.Send");
  return msg;
}
/// Bob sends Alice's coins to Carol.
Step for_alice(std::uint64_t ucbm) { return send(alice, carol, ucbm).by(bob); }

TEST(ActingForOthers, LetAnotherSendOneKindOfMessage) {
  World w;
  w(for_alice(5), fails(no_grant));
  w(step(alice, allow_send()));
  const auto bobs = w.balance(bob);
  w(for_alice(5));
  EXPECT_EQ(w.balance(carol), cbm(1'000).ucbm + 5);
  EXPECT_LT(w.balance(bob), bobs) << "the actor pays the fee";
  w(burn(alice, 1).by(bob), fails(no_grant));
}

TEST(ActingForOthers, StopAtTheirSpendLimit) {
  World w;
  auto grant = allow_send();
  grant.set_spend_limit_ucbm(10);
  w(step(alice, grant));
  w(for_alice(6));
  w(for_alice(5), fails(grant_overspent));
  w(for_alice(4));
  w(for_alice(1), fails(grant_overspent));
}

TEST(ActingForOthers, AreCountedWithinOneTransactionToo) {
  World w;
  auto grant = allow_send();
  grant.set_uses(1);
  w(step(alice, grant));
  w(for_alice(1).then(send(alice, carol, 1)).by(bob), fails(grant_overspent));
  w(for_alice(1));
  w(for_alice(1), fails(no_grant));
}

TEST(ActingForOthers, ExpireAndAreRevoked) {
  World w;
  auto grant = allow_send();
  grant.set_expires_ms(w.info().time.value + 60'000);
  w(step(alice, grant));
  w.advance(120'000);
  w(for_alice(1), fails(no_grant));
  w(step(alice, grant), fails(expired_already));
  w(step(alice, allow_send()));
  accounts::pb::Revoke revoke;
  revoke.set_grantee(bob.field());
  revoke.set_message("bank.Send");
  w(step(alice, revoke));
  w(for_alice(1), fails(no_grant));
  w(step(alice, revoke), fails(grant_not_found));
}

TEST(Sponsors, PayAnothersFeesUpToALimit) {
  World w;
  accounts::pb::Sponsor msg;
  msg.set_grantee(bob.field());
  msg.set_limit_ucbm(60'000);
  msg.add_messages("bank.Send");
  w(step(alice, msg));
  const auto alices = w.balance(alice), bobs = w.balance(bob);
  const auto result = w.run(send(bob, carol, 5).sponsor(alice));
  EXPECT_EQ(result.status(), 0u);
  EXPECT_EQ(w.balance(bob), bobs - 5);
  EXPECT_EQ(w.balance(alice), alices - result.fee_ucbm());
  EXPECT_EQ(accounts::kAllowances.get_or_default(w.read(), {alice.address(), bob.address()})
                .left_ucbm(),
            60'000 - result.fee_ucbm());
  w(burn(bob, 1).sponsor(alice), fails(no_allowance));
  w(send(carol, bob, 1).sponsor(alice), fails(no_allowance));
  w(send(bob, carol, 5).sponsor(alice).fee(60'001, 2'000'000), fails(no_allowance));
  w(send(bob, carol, 5).sponsor(alice).payer(carol), fails(field_out_of_range));
}

TEST(Sponsors, EndWhenTheySaySo) {
  World w;
  accounts::pb::Sponsor msg;
  msg.set_grantee(bob.field());
  msg.set_limit_ucbm(1'000'000);
  w(step(alice, msg));
  accounts::pb::EndSponsorship end;
  end.set_grantee(bob.field());
  w(step(alice, end));
  w(send(bob, carol, 5).sponsor(alice), fails(no_allowance));
  w(step(alice, end), fails(allowance_not_found));
}

}  // namespace
}  // namespace cambium::chain::testing
