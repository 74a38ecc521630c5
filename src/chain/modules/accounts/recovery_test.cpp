// A lost key: guardians give the account a new one, slowly enough for the owner to refuse.
#include "chain/key_proto.hpp"
#include "chain/modules/accounts/accounts.hpp"
#include "chain/testing/world.hpp"

namespace cambium::chain::testing {
namespace {

constexpr std::int64_t kHourMs = 3'600'000;
const Actor alice = actor("alice");
const Actor bob = actor("bob");
const Actor carol = actor("carol");
const Actor fresh = actor("fresh");

Step guardians(std::vector<Actor> who, std::uint32_t threshold) {
  accounts::pb::SetGuardians msg;
  std::sort(who.begin(), who.end(),
            [](const auto& a, const auto& b) { return a.field() < b.field(); });
  for (const auto& one : who) msg.add_guardians(one.field());
  msg.set_threshold(threshold);
  return step(alice, msg);
}
template <class M>
Step about_alice(const Actor& sender) {
  M msg;
  msg.set_account(alice.field());
  if constexpr (requires { msg.mutable_new_key(); }) {
    *msg.mutable_new_key() = key_to_proto(fresh.key->public_key());
  }
  return step(sender, msg);
}
Step start(const Actor& by) { return about_alice<accounts::pb::StartRecovery>(by); }
Step approve(const Actor& by) { return about_alice<accounts::pb::ApproveRecovery>(by); }
Step finish(const Actor& by) { return about_alice<accounts::pb::FinishRecovery>(by); }
Step cancel() { return step(alice, accounts::pb::CancelRecovery{}); }

TEST(Recovery, TwoOfTwoGuardiansGiveANewKeyAfter48Hours) {
  World w;
  w(guardians({bob, carol}, 2));
  w(start(bob));
  w(finish(carol), fails(recovery_not_ready));
  w(approve(carol));
  w.advance(48 * kHourMs - 60'000);
  w(finish(carol), fails(recovery_not_ready));
  w.advance(120'000);
  w(finish(carol));
  w(send(alice, bob, 1), fails(key_mismatch));
  w(send(alice, bob, 1).nonce(w.next_nonce(alice)).signed_by({fresh}));
}

TEST(Recovery, TheOwnerRefuses) {
  World w;
  w(guardians({bob, carol}, 1));
  w(start(bob));
  w(cancel());
  w.advance(72 * kHourMs);
  w(finish(bob), fails(no_recovery));
  w(cancel(), fails(no_recovery));
}

TEST(Recovery, OnlyGuardiansTakePart) {
  World w;
  w(start(bob), fails(no_guardians));
  w(guardians({bob, carol}, 2));
  w(start(actor("alice")), fails(not_a_guardian));
  w(approve(bob), fails(no_recovery));
  w(start(bob));
  w(start(carol), fails(recovery_open));
  w(approve(bob), fails(already_approved));
}

TEST(Recovery, AThiefCannotShutTheGuardiansOut) {
  World w;
  w(guardians({bob}, 1));
  w(guardians({carol}, 1));  // the thief holds Alice's key
  w(start(carol), fails(not_a_guardian));
  w(start(bob));
  w.advance(49 * kHourMs);
  w(finish(bob));
  w(send(alice, bob, 1).nonce(w.next_nonce(alice)).signed_by({fresh}));
}

TEST(Recovery, AChangeOfGuardiansHoldsAfterTheDelay) {
  World w;
  w(guardians({bob}, 1));
  w(guardians({carol}, 1));
  w.advance(49 * kHourMs);
  w(start(bob), fails(not_a_guardian));
  w(start(carol));
}

TEST(Recovery, TheSetMustBeSound) {
  World w;
  w(guardians({bob, carol}, 3), fails(field_out_of_range));
  w(guardians({bob, bob}, 1), fails(field_out_of_range));
  w(guardians({alice}, 1), fails(self_transfer));
}

}  // namespace
}  // namespace cambium::chain::testing
