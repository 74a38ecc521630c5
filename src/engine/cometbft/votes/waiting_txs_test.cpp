#include "engine/cometbft/votes/waiting_txs.hpp"

#include <gtest/gtest.h>

namespace cambium::engine {
namespace {

constexpr Height kBelow{7};
constexpr std::uint64_t kNext = 5;  // everybody's nonce in the state below

chain::Address sender(std::uint8_t number) {
  chain::Address out;
  out.data.fill(number);
  return out;
}

struct World {
  ManualClock clock{{1'000'000}};
  WaitingTxs waiting{clock};
  BlockContents block{.below = kBelow,
                      .next_nonce = [](const chain::Address&) { return Nonce{kNext}; }};

  static void fill(chain::Tx& tx, std::uint8_t from, std::uint64_t nonce) {
    tx.id.data.fill(static_cast<std::uint8_t>(from * 16 + nonce));
    tx.signers = {sender(from)};
    tx.body.set_nonce(nonce);
  }
  TxId waits(std::uint8_t from, std::uint64_t nonce, Height state = kBelow) {
    chain::Tx tx;
    fill(tx, from, nonce);
    waiting.waits(tx, state);
    return tx.id;
  }
  void after(std::int64_t ms) { clock.advance(ms); }
  std::size_t left_out() const { return waiting.left_out_of(block).size() / 8; }
};

// B/CONS-05: what is held against a proposer is only what any honest one would have taken.
TEST(WaitingTxs, WhatWaitedLongEnoughIsLeftOut) {
  World w;
  w.waits(1, kNext);
  w.after(kWaitsForMs - 1);
  EXPECT_EQ(w.left_out(), 0u);
  w.after(1);
  EXPECT_EQ(w.left_out(), 1u);
}

TEST(WaitingTxs, WhatWasTakenOrIsGoneIsNot) {
  World w;
  w.block.ids.insert(w.waits(1, kNext));
  const auto given_up = w.waits(2, kNext);
  w.after(kWaitsForMs);
  EXPECT_EQ(w.left_out(), 1u);
  w.waiting.gone(given_up);
  EXPECT_EQ(w.left_out(), 0u);
}

TEST(WaitingTxs, ANonceThatRunsAheadAccusesNobody) {
  World w;
  w.waits(1, kNext + 1);
  w.after(kWaitsForMs);
  EXPECT_EQ(w.left_out(), 0u);
}

TEST(WaitingTxs, TheOtherOfTwoWithOneNonceAccusesNobody) {
  World w;
  w.waits(1, kNext);
  w.after(kWaitsForMs);
  w.block.senders.insert(sender(1));
  EXPECT_EQ(w.left_out(), 0u);
}

TEST(WaitingTxs, WhatTheMempoolDroppedAccusesNobody) {
  World w;
  w.waits(1, kNext, {kBelow.value - 1});
  w.after(kWaitsForMs);
  EXPECT_EQ(w.left_out(), 0u) << "it was not found admissible on the newest state";
  w.waits(1, kNext);
  EXPECT_EQ(w.left_out(), 1u) << "and waits since it was first seen";
}

TEST(WaitingTxs, ATicketWaitsForNoNonce) {
  World w;
  chain::Tx tx;
  World::fill(tx, 1, 0);
  tx.body.set_ticket(3);
  w.waiting.waits(tx, kBelow);
  w.after(kWaitsForMs);
  EXPECT_EQ(w.left_out(), 1u);
}

}  // namespace
}  // namespace cambium::engine
