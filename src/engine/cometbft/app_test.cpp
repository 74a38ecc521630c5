#include "engine/cometbft/app.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "crypto/sha256.hpp"
#include "engine/cometbft/testing/comet_world.hpp"

namespace cambium::engine {
namespace {

namespace pb = tendermint::abci;
using chain::TxStatus;
using testing::CometWorld;
using Verdict = pb::ResponseProcessProposal;

// H/CS-02: the application side of consensus, driven by the requests that CometBFT sends.
TEST(CometApp, BeginsAtTheGenesisStateAndSaysSoAgainAfterACrash) {
  CometWorld w;
  EXPECT_EQ(w.info().last_block_height(), 0);
  const auto root = w.init_chain();
  EXPECT_EQ(root.size(), Hash::kSize);
  w.restart();
  EXPECT_EQ(w.info().last_block_height(), 0);
  EXPECT_EQ(w.init_chain(), root);
}

TEST(CometApp, ABlockMovesTheStateOnlyWhenItIsCommitted) {
  CometWorld w;
  w.init_chain();
  const auto reply = w.finalize({w.send(0, 5)});
  EXPECT_EQ(reply.tx_results(0).code(), 0u);
  EXPECT_EQ(w.bob_has(), w.kStart);
  w.commit();
  EXPECT_EQ(w.bob_has(), w.kStart + 5);
  EXPECT_EQ(w.info().last_block_app_hash(), reply.app_hash());
}

TEST(CometApp, AnEmptyBlockKeepsTheAppHashSoThatAnIdleChainIdles) {
  CometWorld w;
  const auto root = w.init_chain();
  EXPECT_EQ(w.make_block({}).app_hash(), root);
  EXPECT_EQ(w.make_block({}).app_hash(), root);
}

TEST(CometApp, ABlockAskedForAgainBeforeItsCommitIsExecutedAnew) {
  CometWorld w;
  w.init_chain();
  const auto tx = w.send(0, 5);
  const auto first = w.finalize({tx}).app_hash();
  EXPECT_EQ(w.finalize({tx}).app_hash(), first);
  w.commit();
  EXPECT_EQ(w.bob_has(), w.kStart + 5);
}

TEST(CometApp, NoBlockIsExecutedTwice) {
  CometWorld w;
  w.init_chain();
  w.make_block({w.send(0, 5)});
  w.next_height = 1;
  EXPECT_TRUE(w.handle(w.finalize_request({w.send(0, 5)})).has_exception());
  EXPECT_THAT(w.fatal, ::testing::HasSubstr("does not follow block 1"));
}

TEST(CometApp, ARestartGoesOnFromTheLastCommit) {
  CometWorld w;
  w.init_chain();
  const auto hash = w.make_block({w.send(0, 5)}).app_hash();
  w.finalize({w.send(1, 5)});  // and the process dies before the commit
  w.restart();
  EXPECT_EQ(w.info().last_block_height(), 1);
  EXPECT_EQ(w.info().last_block_app_hash(), hash);
  w.make_block({w.send(1, 7)});
  EXPECT_EQ(w.bob_has(), w.kStart + 12);
  EXPECT_EQ(w.ledger->block({1}).value()->txs.size(), 1u);
}

TEST(CometApp, AFailedTransactionStaysInItsBlockAndChangesNothing) {
  CometWorld w;
  w.init_chain();
  const auto reply = w.make_block({w.send(7, 5)});
  EXPECT_EQ(reply.tx_results(0).code(), std::uint32_t(TxStatus::nonce_too_high));
  EXPECT_EQ(w.bob_has(), w.kStart);
}

TEST(CometApp, CheckTxTellsTheSenderWhatToDo) {
  CometWorld w;
  w.init_chain();
  EXPECT_EQ(w.check(w.send(0, 5)).code(), 0u);
  const auto refused = w.check(to_bytes("nonsense"));
  EXPECT_EQ(refused.code(), std::uint32_t(TxStatus::undecodable));
  EXPECT_THAT(refused.log(), ::testing::HasSubstr("encode it with a published SDK"));
}

// CometBFT offers a proposer its oldest transactions, as many as fill a block.
TEST(CometApp, WhatCannotComeNextNeverFillsWhatIsOffered) {
  CometWorld w;
  w.init_chain();
  std::size_t bytes = 0, taken = 0;
  for (std::uint64_t nonce = 1'000; taken == bytes && bytes < 2 * kMostStragglerBytes; ++nonce) {
    const Bytes gap = w.send(nonce, 1);
    bytes += gap.size();
    if (w.check(gap).code() == 0) taken += gap.size();
  }
  EXPECT_LT(taken, bytes) << "a nonce that leaves a gap was always taken";
  EXPECT_EQ(w.check(w.send_back(9, 1, 100'000)).code(), std::uint32_t(TxStatus::nonce_too_high));
  EXPECT_EQ(w.check(w.send_back(0, 1, 100'000)).code(), 0u);
  EXPECT_EQ(w.check(w.send_back(1, 1, 100'000)).code(), 0u);
}

TEST(CometApp, AProposalTakesTheBestPayersFirstAndLeavesOutWhatCannotRun) {
  CometWorld w;
  w.init_chain();
  const auto cheap = w.send(0, 1, 100'000), later = w.send(1, 1, 100'000);
  const auto dear = w.send_back(0, 1, 900'000), gap = w.send_back(5, 1, 900'000);
  EXPECT_THAT(w.prepare({later, gap, cheap, to_bytes("nonsense"), dear}),
              ::testing::ElementsAre(dear, cheap, later));
}

TEST(CometApp, AProposalStaysWithinTheGasAndBytesOfABlock) {
  CometWorld w;
  w.init_chain();
  const auto one = w.send(0, 1, 100'000), two = w.send_back(0, 1, 900'000);
  EXPECT_THAT(w.prepare({one, two}, two.size() + 30), ::testing::ElementsAre(two));
  const auto greedy = w.send(0, 1, 60'000'000, w.kBlockGas - 1'000);
  EXPECT_THAT(w.prepare({greedy, two}).size(), 1u);
}

TEST(CometApp, NoVoteForWhatNoHonestProposerCanMake) {
  CometWorld w;
  w.init_chain();
  auto forged = w.send(0, 1);
  forged.back() ^= 1;
  EXPECT_EQ(w.process({w.send(0, 1)}), Verdict::ACCEPT);
  EXPECT_EQ(w.process({to_bytes("nonsense")}), Verdict::REJECT);
  EXPECT_EQ(w.process({forged}), Verdict::REJECT);
  const auto half = w.kBlockGas / 2 + 1;
  EXPECT_EQ(w.process({w.send(0, 1, 900'000, half), w.send(1, 1, 900'000, half)}),
            Verdict::REJECT);
}

// B/CONS-02: a verified root, then a snapshot of it, then the blocks after it.
TEST(CometApp, ASnapshotGivesAnEmptyNodeTheSameState) {
  CometWorld giver;
  giver.init_chain();
  const auto hash = giver.make_block({giver.send(0, 5)}).app_hash();
  giver.write_snapshot();
  CometWorld taker;
  EXPECT_TRUE(taker.take_snapshot(giver, hash));
  EXPECT_EQ(taker.info().last_block_height(), 1);
  EXPECT_EQ(taker.info().last_block_app_hash(), hash);
  EXPECT_EQ(taker.bob_has(), giver.kStart + 5);
  taker.next_height = giver.next_height;
  taker.time_ms = giver.time_ms;
  const auto tx = giver.send(1, 5);
  EXPECT_EQ(taker.make_block({tx}).app_hash(), giver.make_block({tx}).app_hash());
}

TEST(CometApp, ASnapshotOfAnotherRootIsNotTaken) {
  CometWorld giver;
  giver.init_chain();
  giver.make_block({giver.send(0, 5)});
  giver.write_snapshot();
  CometWorld taker;
  EXPECT_FALSE(taker.take_snapshot(giver, std::string(32, 'x')));
  EXPECT_EQ(taker.info().last_block_height(), 0);
}

// Empty unless an extender is there; then what it says goes into the vote and the next block.
TEST(CometApp, VoteExtensionsAreTheExtendersBusiness) {
  CometWorld w;
  w.init_chain();
  EXPECT_EQ(w.extend(), "");
  EXPECT_TRUE(w.accepts_extension(""));
  EXPECT_FALSE(w.accepts_extension("junk"));
}

// H/GO-01: an upgrade that this program lacks ends it before the block, with what to do.
TEST(CometApp, StopsBeforeABlockWhoseRulesItDoesNotHave) {
  CometWorld w(99);
  w.init_chain();
  EXPECT_TRUE(w.handle(w.finalize_request({})).has_exception());
  EXPECT_THAT(w.fatal, ::testing::HasSubstr("99"));
  EXPECT_EQ(w.info().last_block_height(), 0);
}

TEST(CometApp, PruningLetsGoOfOldBlocksAndStates) {
  CometWorld w;
  w.pruning = {.blocks = 3, .states = 2};
  w.restart();
  w.init_chain();
  for (std::uint64_t nonce = 0; nonce < 6; ++nonce) w.make_block({w.send(nonce, 1)});
  EXPECT_EQ(w.retain, 3u);
  EXPECT_FALSE(w.ledger->view(Height{2}));
  EXPECT_TRUE(w.ledger->view(Height{5}));
}

TEST(CometApp, PruningNamesAreKnown) {
  EXPECT_EQ(pruning_preset("archive").value().blocks, 0u);
  EXPECT_GT(pruning_preset("default").value().blocks, pruning_preset("light").value().blocks);
  EXPECT_FALSE(pruning_preset("some"));
}

}  // namespace
}  // namespace cambium::engine
