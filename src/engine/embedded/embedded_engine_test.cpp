#include "engine/embedded/embedded_engine.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "chain/records.hpp"
#include "engine/log/memory_disk.hpp"
#include "engine/native_verifier.hpp"
#include "engine/tx_builder.hpp"
#include "schema/canonical.hpp"
#include "state/proof.hpp"

namespace cambium::engine {
namespace {

using chain::TxStatus;

// One chain with alice and bob, whose process can be killed and started again.
class Embedded : public testing::Test {
 protected:
  Embedded() {
    SeededRandom random(11);
    for (auto* key : {&operator_, &alice_, &bob_}) {
      *key = crypto::generate_key(crypto::KeyType::ed25519, random);
    }
    genesis_.set_chain_id("test-1");
    genesis_.set_time_ms(1'000'000);
    genesis_.set_initial_height(1);
    *genesis_.mutable_params() = chain::default_params();
    genesis_.add_modules()->set_name("accounts");
    cambium::bank::v1::Genesis bank;
    bank.add_denominations()->set_denom("ucbm");
    for (auto* key : {&alice_, &bob_}) {
      auto* allocation = bank.add_allocations();
      allocation->set_account(to_string(address(**key)));
      allocation->mutable_coin()->set_denom("ucbm");
      allocation->mutable_coin()->set_amount(1'000'000'000);
    }
    auto* module = genesis_.add_modules();
    module->set_name("bank");
    module->set_state(to_string(schema::encode(bank)));
    start();
  }

  static crypto::Address address(const crypto::SigningKey& key) {
    return crypto::address_of(key.public_key());
  }
  void start() {
    engine_.reset();
    auto opened = EmbeddedEngine::open({genesis_, *operator_, verifier_, *store_, disk_},
                                       {"test", {30'000, 0}, {}}, clock_);
    ASSERT_TRUE(opened) << opened.error().message;
    engine_ = std::move(*opened);
  }
  void tick() { ASSERT_TRUE(engine_->tick(clock_.now())); }
  Bytes send(std::uint64_t nonce, std::uint64_t amount, std::uint64_t fee = 100'000) {
    TxMsg msg;
    auto* send = msg.mutable_bank()->mutable_send();
    send->set_sender(to_string(address(*alice_)));
    send->set_to(to_string(address(*bob_)));
    send->mutable_coin()->set_denom("ucbm");
    send->mutable_coin()->set_amount(amount);
    return sign_tx({"test-1", {msg}, nonce, fee, 100'000, {}}, *alice_);
  }
  std::uint64_t bob_has() { return balance_of(*engine_, address(*bob_)).value(); }

  std::unique_ptr<crypto::SigningKey> operator_, alice_, bob_;
  chain::v1::Genesis genesis_;
  NativeVerifier verifier_;
  ManualClock clock_{{2'000'000}};
  std::unique_ptr<state::NodeStore> store_ = state::make_memory_store();
  MemoryDisk disk_;
  std::unique_ptr<EmbeddedEngine> engine_;
};

TEST_F(Embedded, IncludesASubmittedTransactionAtOnceAndProvesItInTheNextHeader) {
  auto submitted = engine_->submit(send(0, 5));
  ASSERT_TRUE(submitted.accepted()) << submitted.detail;
  tick();
  auto outcome = engine_->outcome(submitted.id);
  ASSERT_TRUE(outcome);
  EXPECT_EQ(outcome->status(), TxStatus::ok);
  EXPECT_EQ(bob_has(), 1'000'000'005u);
  EXPECT_GT(engine_->status().height, outcome->height);

  auto proven = engine_->prove_at(chain::kParams.key({}), outcome->height).value();
  EXPECT_TRUE(state::verify(proven.proof, proven.root, {proven.key, *proven.value}));
  auto header = chain::verify_header(proven.header, verifier_).value();
  EXPECT_EQ(header.state_root(), to_string(proven.root));
}

TEST_F(Embedded, MakesEmptyBlocksOnlyAtTheIdleCadence) {
  tick();
  const Height before = engine_->status().height;
  clock_.advance(29'000);
  tick();
  EXPECT_EQ(engine_->status().height, before);
  clock_.advance(1'000);
  tick();
  EXPECT_EQ(engine_->status().height, before.next());
}

TEST_F(Embedded, OrdersOneSendersTransactionsByNonce) {
  ASSERT_TRUE(engine_->submit(send(1, 2)).accepted());
  tick();
  EXPECT_EQ(bob_has(), 1'000'000'000u);
  ASSERT_TRUE(engine_->submit(send(0, 1)).accepted());
  tick();
  EXPECT_EQ(bob_has(), 1'000'000'003u);
}

TEST_F(Embedded, ReplacesOnlyForAHigherFee) {
  ASSERT_TRUE(engine_->submit(send(0, 1)).accepted());
  EXPECT_EQ(engine_->submit(send(0, 2, 100'001)).status, TxStatus::replacement_underpriced);
  EXPECT_TRUE(engine_->submit(send(0, 3, 120'000)).accepted());
  tick();
  EXPECT_EQ(bob_has(), 1'000'000'003u);
}

TEST_F(Embedded, TheSameBytesAgainAreAnsweredLikeTheFirstTime) {
  const Bytes raw = send(0, 7);
  ASSERT_TRUE(engine_->submit(raw).accepted());
  tick();
  EXPECT_TRUE(engine_->submit(raw).accepted());
  start();
  EXPECT_TRUE(engine_->submit(raw).accepted());
  tick();
  EXPECT_EQ(bob_has(), 1'000'000'007u);
}

TEST_F(Embedded, RefusesGarbageAndForeignSignaturesWithASentence) {
  EXPECT_EQ(engine_->submit(to_bytes("nonsense")).status, TxStatus::undecodable);
  Bytes forged = send(0, 1);
  forged.back() ^= 1;
  auto refused = engine_->submit(forged);
  EXPECT_EQ(refused.status, TxStatus::bad_signature);
  EXPECT_THAT(refused.detail, testing::HasSubstr("sign these exact bytes again"));
}

TEST_F(Embedded, ARestartReplaysTheLogOverAnEmptyState) {
  for (std::uint64_t i = 0; i < 5; ++i) {
    ASSERT_TRUE(engine_->submit(send(i, 1)).accepted());
    tick();
    clock_.advance(10);
  }
  const auto before = engine_->status();
  store_ = state::make_memory_store();
  start();
  EXPECT_EQ(engine_->status().state_root, before.state_root);
  EXPECT_EQ(engine_->status().block_hash, before.block_hash);
  EXPECT_EQ(bob_has(), 1'000'000'005u);
}

TEST_F(Embedded, AFullDiskHaltsWithoutLosingWhatWasAcknowledged) {
  ASSERT_TRUE(engine_->submit(send(0, 1)).accepted());
  tick();
  for (std::int64_t operations = 0; operations < 5; ++operations) {
    ASSERT_TRUE(engine_->submit(send(static_cast<std::uint64_t>(operations) + 1, 1)).accepted());
    disk_.fail_after(operations);
    static_cast<void>(engine_->tick(clock_.now()));
    disk_.fail_after(-1);
    clock_.advance(10);
    start();
    if (bob_has() != 1'000'000'001u + static_cast<std::uint64_t>(operations) + 1) {
      engine_->submit(send(static_cast<std::uint64_t>(operations) + 1, 1));
      tick();
    }
    EXPECT_EQ(bob_has(), 1'000'000'001u + static_cast<std::uint64_t>(operations) + 1);
    clock_.advance(10);
  }
}

TEST_F(Embedded, APowerCutKeepsEveryAcknowledgedTransactionOnce) {
  SeededRandom random(5);
  std::uint64_t sent = 0;
  for (int round = 0; round < 60; ++round) {
    ASSERT_TRUE(engine_->submit(send(sent, 1)).accepted());
    tick();
    ++sent;
    if (random.below(3) == 0) {
      disk_.lose_unsynced(random);
      if (random.below(2) == 0) store_ = state::make_memory_store();
      start();
    }
    ASSERT_EQ(bob_has(), 1'000'000'000u + sent) << "round " << round;
    clock_.advance(10);
  }
}

TEST_F(Embedded, AnotherChainsHomeIsRefused) {
  tick();
  genesis_.set_time_ms(5);
  auto refused = EmbeddedEngine::open({genesis_, *operator_, verifier_, *store_, disk_},
                                      {"test", {}, {}}, clock_);
  ASSERT_FALSE(refused);
  EXPECT_THAT(refused.error().message, testing::HasSubstr("belongs to another test-1 chain"));
}

}  // namespace
}  // namespace cambium::engine
