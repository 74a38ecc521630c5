// Nonces, tickets and transactions without order: none comes twice.
#include "chain/modules/accounts/accounts.hpp"
#include "chain/testing/world.hpp"

namespace cambium::chain::testing {
namespace {

const Actor alice = actor("alice");
const Actor bob = actor("bob");

Step tickets(std::uint32_t count) {
  accounts::pb::CreateTickets msg;
  msg.set_count(count);
  return step(alice, msg);
}
Step pay(std::uint64_t ucbm = 1) { return send(alice, bob, ucbm); }

TEST(Tickets, AreUsedInAnyOrderAndOnce) {
  World w;
  w(pay());         // nonce 0
  w(tickets(3));    // nonce 1, reserves 2, 3 and 4
  EXPECT_EQ(w.next_nonce(alice), 5u);
  w(pay().ticket(4));
  w(pay());         // nonce 5: the line goes on beside the tickets
  w(pay().ticket(2));
  w(pay().ticket(4), fails(ticket_not_open));
  w(pay().ticket(7), fails(ticket_not_open));
  EXPECT_EQ(w.balance(bob), cbm(1'000).ucbm + 4);
}

TEST(Tickets, AnAccountHoldsAtMost64) {
  World w;
  w(tickets(64));
  w(tickets(1), fails(too_many_tickets));
  w(pay().ticket(1));
  w(tickets(1));
  w(tickets(65), fails(field_out_of_range));
}

TEST(Tickets, AFailedTransactionUsesItsTicketUp) {
  World w;
  w(tickets(1));
  w(pay(cbm(5'000).ucbm).ticket(1), fails(insufficient_funds));
  w(pay().ticket(1), fails(ticket_not_open));
}

TEST(Unordered, ComesOnceWithinItsWindow) {
  World w;
  const auto now = w.info().time.value;
  const Bytes raw = w.bytes(pay().unordered(now + 300'000));
  const Bytes other = w.bytes(pay(2).unordered(now + 300'000));
  EXPECT_EQ(w.block({other, raw, raw}).results[2].status(), std::uint32_t(unordered_seen));
  EXPECT_EQ(w.balance(bob), cbm(1'000).ucbm + 3);
  EXPECT_EQ(w.block({raw}).results[0].status(), std::uint32_t(unordered_seen));
  w(pay());  // nonces are not touched by them
  w.advance(300'000);
  EXPECT_EQ(w.block({raw}).results[0].status(), std::uint32_t(expired));
}

TEST(Unordered, IsForgottenOnceItCannotComeAgain) {
  World w;
  const Hash before = w.root();
  w(pay().unordered(w.info().time.value + 60'000));
  w.advance(120'000);
  w.seal();
  std::size_t seen = 0;
  accounts::kSeen.scan(w.read(), accounts::kSeen.prefix(), [&](const auto&, const auto&) {
    ++seen;
    return ScanStep::next;
  });
  EXPECT_EQ(seen, 0u);
  const Hash idle = w.root();
  w.seal();
  EXPECT_EQ(w.root(), idle) << "an idle chain's root stays";
  EXPECT_NE(idle, before);
}

TEST(Unordered, TheOrderOfItsRefusals) {
  World w;
  const auto now = w.info().time.value;
  w(pay().unordered(0), fails(field_out_of_range));
  w(pay().unordered(now + 60'000).nonce(3), fails(field_out_of_range));
  w(pay().unordered(now + 660'000), fails(unordered_window));
  w(pay().unordered(now - 60'000), fails(expired));
}

TEST(Timeout, CountsByTimeToo) {
  World w;
  Step late = pay();
  late.body.set_timeout_ms(w.info().time.value - 1);
  w(late, fails(expired));
}

}  // namespace
}  // namespace cambium::chain::testing
