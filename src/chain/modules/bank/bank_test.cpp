#include "chain/modules/bank/bank.hpp"

#include "base/random.hpp"
#include "chain/testing/world.hpp"

namespace cambium::chain::testing {
namespace {

const Actor alice = actor("alice");
const Actor bob = actor("bob");
const Actor carol = actor("carol");

TEST(Bank, ASendMovesCoinsAndNothingElse) {
  World w;
  w(send(alice, bob, 5));
  EXPECT_EQ(w.balance(bob), cbm(1'000).ucbm + 5);
  w(send(alice, bob, cbm(1'000).ucbm), fails(insufficient_funds));
}

TEST(Bank, AMultiSendIsAllOrNothing) {
  World w;
  bank::pb::MultiSend msg;
  for (const auto& [who, amount] : {std::pair{bob, 7u}, {carol, 9u}}) {
    auto* output = msg.add_outputs();
    output->set_to(who.field());
    *output->mutable_coin() = bank::coin(amount);
  }
  w(step(alice, msg));
  EXPECT_EQ(w.balance(carol), cbm(1'000).ucbm + 9);
  *msg.mutable_outputs(1)->mutable_coin() = bank::coin(cbm(2'000));
  w(step(alice, msg), fails(insufficient_funds));
  EXPECT_EQ(w.balance(bob), cbm(1'000).ucbm + 7);
}

TEST(Bank, ABurnLowersTheSupply) {
  World w;
  const auto before = w.supply();
  const auto result = w.run(burn(alice, 1'000));
  EXPECT_EQ(w.supply(), before - 1'000 - result.burnt_ucbm());
}

TEST(Bank, UnvestedCoinsAreNotSpendable) {  // H/TO-03
  constexpr std::int64_t kYearMs = 365LL * 24 * 3'600'000;
  auto genesis = World::genesis({{bob}});
  const auto part = bank::standard_genesis({carol.address(), alice.address(), carol.address(),
                                            carol.address(), carol.address()},
                                           {genesis.time_ms()});
  genesis.mutable_modules(0)->set_state(to_string(schema::encode(part)));
  World w(genesis);
  EXPECT_EQ(w.supply(), bank::kGenesisSupply.ucbm);
  EXPECT_EQ(w.spendable(alice), 0u);
  w.advance(kYearMs - 2'000);
  w.seal();
  EXPECT_EQ(w.spendable(alice), 0u) << "nothing before the cliff";
  w.advance(1'000);
  w.seal();
  EXPECT_EQ(w.spendable(alice), cbm(50'000'000).ucbm + 1'585'489) << "one year and a second";
  w.advance(3 * kYearMs);
  w.seal();
  EXPECT_EQ(w.spendable(alice), cbm(200'000'000).ucbm);
}

TEST(Bank, SendRefusesInThisOrder) {
  World w;
  bank::pb::Send msg;
  msg.mutable_coin()->set_denom("UCBM");
  w(step(alice, msg), fails(bad_address));
  msg.set_to(alice.field());
  w(step(alice, msg), fails(self_transfer));
  msg.set_to(bob.field());
  w(step(alice, msg), fails(bad_denomination));
  msg.mutable_coin()->set_denom("ghost");
  w(step(alice, msg), fails(bad_amount));
  msg.mutable_coin()->set_amount(1);
  w(step(alice, msg), fails(unknown_denomination));
  *msg.mutable_coin() = bank::coin(UINT64_MAX);
  w(step(alice, msg), fails(insufficient_funds));
}

/// Model against real: a map of balances and the module walk the same random steps.
TEST(Bank, AgreesWithAPlainMapOnRandomSteps) {
  World w;
  SeededRandom random(7);
  const std::vector<Actor> actors = {alice, bob, carol};
  std::map<std::string, std::uint64_t> model;
  for (const auto& a : actors) model[a.name] = w.balance(a);
  for (int i = 0; i < 120; ++i) {
    const Actor& from = actors[random.below(3)];
    const Actor& to = actors[random.below(3)];
    const std::uint64_t amount = random.below(3) == 0 ? cbm(random.below(2'000)).ucbm
                                                      : random.below(1'000'000);
    const auto result = w.run(send(from, to, amount));
    model[from.name] -= result.fee_ucbm();
    if (result.status() == 0) {
      model[from.name] -= amount;
      model[to.name] += amount;
    }
    for (const auto& a : actors) ASSERT_EQ(w.balance(a), model[a.name]) << "step " << i;
  }
}

TEST(Bank, HeldCoinsStayButCannotBeSpent) {
  World w;
  state::Overlay overlay(w.state());
  GasMeter gas({UINT64_MAX});
  Context ctx(overlay, w.environment(), gas);
  ASSERT_EQ(bank::hold(ctx, alice.address(), bank::coin(cbm(990))), ok);
  EXPECT_EQ(bank::spendable(ctx, {alice.address()}), cbm(10).ucbm);
  EXPECT_EQ(bank::transfer(ctx, {alice.address(), bob.address(), bank::coin(cbm(11))}),
            insufficient_funds);
  EXPECT_EQ(bank::release(ctx, alice.address(), bank::coin(cbm(991))), nothing_held);
  EXPECT_EQ(bank::release(ctx, alice.address(), bank::coin(cbm(990))), ok);
}

TEST(Bank, MintingNeedsThePrivilege) {
  World w;
  state::Overlay overlay(w.state());
  GasMeter gas({UINT64_MAX});
  Context ctx(overlay, w.environment(), gas);
  EXPECT_EQ(bank::mint(ctx, alice.address(), bank::coin(1)), privilege_missing);
  EXPECT_EQ(bank::burn(ctx, alice.address(), bank::coin(1)), privilege_missing);
}

}  // namespace
}  // namespace cambium::chain::testing
