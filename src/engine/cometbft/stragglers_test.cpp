#include "engine/cometbft/stragglers.hpp"

#include <gtest/gtest.h>

namespace cambium::engine {
namespace {

constexpr std::size_t kHalf = kMostStragglerBytes / 2;
constexpr std::uint64_t kNext = 5;  // everybody's nonce in the state

struct World {
  Stragglers stragglers;
  Height state{7};

  bool take(std::uint8_t sender, std::uint64_t nonce, std::size_t bytes = kHalf) {
    Arrival tx{.state = state, .sender = {}, .nonce = nonce, .bytes = bytes};
    tx.sender.data.fill(sender);
    if (nonce > kNext) tx.turn = Arrival::Turn::later;
    return stragglers.take(tx);
  }
};

TEST(Stragglers, WhatFollowsWithoutAGapIsNone) {
  World w;
  for (std::uint64_t nonce = kNext; nonce < kNext + 100; ++nonce) EXPECT_TRUE(w.take(1, nonce));
}

TEST(Stragglers, NoncesThatLeaveAGapAreFewWhoeverSendsThem) {
  World w;
  EXPECT_TRUE(w.take(1, kNext + 1));
  EXPECT_TRUE(w.take(2, kNext + 9));
  EXPECT_FALSE(w.take(3, kNext + 9, 1));
  EXPECT_TRUE(w.take(3, kNext)) << "what may come now always has room";
}

TEST(Stragglers, TheOthersOfOneNonceAreFew) {
  World w;
  EXPECT_TRUE(w.take(1, kNext));
  EXPECT_TRUE(w.take(1, kNext));
  EXPECT_TRUE(w.take(1, kNext));
  EXPECT_FALSE(w.take(1, kNext));
}

TEST(Stragglers, AFilledGapMakesRoom) {
  World w;
  EXPECT_TRUE(w.take(1, kNext + 1));
  EXPECT_TRUE(w.take(1, kNext + 2));
  EXPECT_FALSE(w.take(2, kNext + 1));
  EXPECT_TRUE(w.take(1, kNext));
  EXPECT_TRUE(w.take(1, kNext + 3)) << "the run goes on behind what waited";
  EXPECT_TRUE(w.take(2, kNext + 1));
}

TEST(Stragglers, EveryStateCountsAnew) {
  World w;
  EXPECT_TRUE(w.take(1, kNext + 1, kMostStragglerBytes));
  EXPECT_FALSE(w.take(2, kNext + 1));
  w.state = w.state.next();
  EXPECT_TRUE(w.take(2, kNext + 1));
}

}  // namespace
}  // namespace cambium::engine
