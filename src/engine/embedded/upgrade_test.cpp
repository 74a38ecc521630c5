// A program without the rules that the chain voted for stops before the block (H/GO-01).
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "chain/genesis.hpp"
#include "chain/record.hpp"
#include "chain/records.hpp"
#include "engine/embedded/embedded_engine.hpp"
#include "engine/log/memory_disk.hpp"
#include "engine/native_verifier.hpp"

namespace cambium::engine {
namespace {

constexpr std::uint64_t kUpgradeHeight = 3;

/// A chain whose rules move to version 2 at height 3.
chain::v1::Genesis upgrading() {
  chain::v1::Genesis genesis;
  genesis.set_chain_id("test-1");
  genesis.set_time_ms(1'000'000);
  genesis.set_initial_height(1);
  *genesis.mutable_params() = chain::default_params();
  const auto registry = *chain::registry_for(genesis);
  const auto diff = chain::init_genesis(registry, genesis);
  const auto put = [&](ByteView key, ByteView value) {
    auto* entry = genesis.add_entries();
    entry->set_key(to_string(key));
    entry->set_value(to_string(value));
  };
  for (const auto& change : *diff) put(change.key, *change.after);
  chain::v1::Upgrade upgrade;
  upgrade.set_name("second rules");
  upgrade.set_height(kUpgradeHeight);
  upgrade.set_rules_version(2);
  put(chain::kUpgrades.key({kUpgradeHeight}), chain::encode_record(upgrade));
  return genesis;
}

class EmbeddedUpgrade : public testing::Test {
 protected:
  /// The chain as a program would run it that knows rules up to this version.
  void start(std::uint32_t newest_rules) {
    engine_.reset();
    auto opened = EmbeddedEngine::open(
        {genesis_, *operator_, verifier_, *store_, disk_, {}, newest_rules},
        {"test", {30'000, 0}, {}}, clock_);
    ASSERT_TRUE(opened) << opened.error().message;
    engine_ = std::move(*opened);
  }
  Result<TimeMs> next_block() {
    clock_.advance(30'000);
    return engine_->tick(clock_.now());
  }
  std::uint32_t rules() {
    const auto view = engine_->state_at().value();
    return decltype(chain::kParams)::decoded(*view.get(chain::kParams.key({}))).rules_version();
  }

  chain::v1::Genesis genesis_ = upgrading();
  SeededRandom random_{7};
  std::unique_ptr<crypto::SigningKey> operator_ =
      crypto::generate_key(crypto::KeyType::ed25519, random_);
  NativeVerifier verifier_;
  ManualClock clock_{{2'000'000}};
  std::unique_ptr<state::NodeStore> store_ = state::make_memory_store();
  MemoryDisk disk_;
  std::unique_ptr<EmbeddedEngine> engine_;
};

TEST_F(EmbeddedUpgrade, AnOldProgramStopsWithASentenceAndANewOneGoesOn) {
  start(1);
  ASSERT_TRUE(next_block());
  ASSERT_TRUE(next_block());
  const auto stopped = next_block();
  ASSERT_FALSE(stopped);
  EXPECT_THAT(stopped.error().message,
              testing::AllOf(testing::HasSubstr("Block 3 needs rules version 2"),
                             testing::HasSubstr("second rules"),
                             testing::HasSubstr("knows versions up to 1"),
                             testing::HasSubstr("install a program that has version 2")));
  ASSERT_TRUE(engine_->halted());
  EXPECT_EQ(engine_->status().height.value, 2u) << "nothing is lost";

  start(2);
  ASSERT_TRUE(next_block());
  EXPECT_EQ(rules(), 2u);
  ASSERT_TRUE(next_block());
}

TEST_F(EmbeddedUpgrade, AnOldProgramDoesNotReplayWhatItCannotKnow) {
  start(2);
  for (int i = 0; i < 4; ++i) ASSERT_TRUE(next_block());
  engine_.reset();
  store_ = state::make_memory_store();
  const auto opened = EmbeddedEngine::open(
      {genesis_, *operator_, verifier_, *store_, disk_, {}, 1}, {"test", {30'000, 0}, {}}, clock_);
  ASSERT_FALSE(opened);
  EXPECT_THAT(opened.error().message, testing::HasSubstr("needs rules version 2"));
}

}  // namespace
}  // namespace cambium::engine
