// A chain moves from the embedded engine to CometBFT and back.
#include "engine/recovery/transfer.hpp"

#include <gmock/gmock.h>

#include "engine/cometbft/ledger.hpp"
#include "engine/recovery/testing/recovery_home.hpp"
#include "engine/snapshots/snapshot_files.hpp"
#include "engine/storage/lmdb_store.hpp"

namespace cambium::engine {
namespace {

using ::testing::HasSubstr;
using testing::RecoveryHome;

constexpr const char* kLeft = RecoveryHome::kLeft;
constexpr const char* kRight = RecoveryHome::kRight;

std::filesystem::path folder_of(const RecoveryHome& home, const char* name) {
  return home.root / name;
}

Status move_out(const std::filesystem::path& home, const std::filesystem::path& to) {
  for (const char* alias : {kLeft, kRight}) {
    TRY(const auto chain, StoppedChain::open(home, alias));
    TRY_STATUS(export_chain(chain, to, {}));
  }
  return {};
}

/// One transfer, ordered by CometBFT on the imported home; the root after it.
Hash run_under_consensus(const RecoveryHome& home, const std::filesystem::path& root,
                         const Hash& expected) {
  const auto chain = ChainHome::of(root, kLeft);
  const auto genesis = chain::genesis_from_json(as_chars(*read_file(chain.genesis()))).value();
  const auto store = open_lmdb_store(chain.state()).value();
  const auto disk = open_file_disk(chain.blocks()).value();
  auto ledger = CometLedger::open({genesis, home.verifier, *store, *disk}).value();
  EXPECT_EQ(ledger->init_chain()->root, expected) << "receipts and clients included";
  TxMsg msg;
  auto* send = msg.mutable_bank()->mutable_send();
  send->set_sender(to_string(crypto::address_of(home.alice->public_key())));
  send->set_to(to_string(crypto::address_of(home.bob->public_key())));
  send->mutable_coin()->set_denom("ucbm");
  send->mutable_coin()->set_amount(30);
  const auto raw = sign_tx({genesis.chain_id(), {msg}, 1, 400'000, 400'000, {}}, *home.alice);
  DecidedBlock block{.height = {genesis.initial_height()},
                     .time = {genesis.time_ms() + 1},
                     .hash = Hash{{9}},
                     .proposer = {},
                     .facts = {},
                     .txs = {raw}};
  EXPECT_TRUE(ledger->execute(block));
  EXPECT_EQ(ledger->staged().results[0].status(), 0u);
  EXPECT_TRUE(ledger->commit());
  return ledger->head().state_root;
}

TEST(Transfer, ToCometBftAndBackKeepsTheStateAndTransactionsGoOn) {
  RecoveryHome home;
  home.see(kRight, kLeft);
  home.send(kRight, 2);
  const Hash before = home.chain(kLeft).status().state_root;
  const std::string id = home.chain(kLeft).chain_id();
  home.stop();
  ASSERT_TRUE(move_out(home.root, folder_of(home, "out")));
  const auto second = folder_of(home, "second");
  const auto moved = import_chains({second, folder_of(home, "out"), {kLeft, kRight}}, {});
  ASSERT_TRUE(moved) << moved.error().message;
  EXPECT_EQ((*moved)[0].state_root, before);
  EXPECT_EQ((*moved)[0].chain_id, id) << "no height is lost, so it is the same chain";
  const Hash after = run_under_consensus(home, second, before);

  ASSERT_TRUE(move_out(second, folder_of(home, "back")));
  const auto back = import_chains({home.root, folder_of(home, "back"), {kLeft, kRight}}, {});
  ASSERT_TRUE(back) << back.error().message;
  EXPECT_EQ((*back)[0].state_root, after);
  const auto stale = import_chains({home.root, folder_of(home, "out"), {kLeft, kRight}}, {});
  ASSERT_FALSE(stale) << "it would sign a height again";
  EXPECT_THAT(stale.error().message, HasSubstr("nothing is signed twice"));
  home.start();
  EXPECT_EQ(home.bob_has(kLeft), 30u);
  home.send(kLeft, 4);
  EXPECT_EQ(home.bob_has(kLeft), 34u);
  EXPECT_EQ(home.bob_has(kRight), 2u);
}

TEST(Transfer, AStateThatBreaksARuleIsNeitherExportedNorImported) {
  RecoveryHome home;
  home.send(kLeft, 2);
  home.stop();
  {
    const auto store = open_lmdb_store(ChainHome::of(home.root, kLeft).state()).value();
    auto tree = state::Tree::open(*store).value();
    const Bytes key = to_bytes("\xee\xee nobody's table"), value = to_bytes("x");
    const state::Update update{key, ByteView(value)};
    ASSERT_TRUE(tree.stage(tree.latest()->next(), {&update, 1}));
    ASSERT_TRUE(tree.commit(state::Durability::synced,
                            owner_records({{tree.latest()->next(), {1}, {}}, {}})));
  }
  const auto out = move_out(home.root, folder_of(home, "out"));
  ASSERT_FALSE(out);
  EXPECT_THAT(out.error().message, HasSubstr("breaks a rule"));
}

TEST(Transfer, AFolderThatHoldsNoExportIsRefused) {
  RecoveryHome home;
  home.stop();
  const auto made = import_chains({folder_of(home, "new"), home.root / "chains", {kLeft}}, {});
  ASSERT_FALSE(made);
  EXPECT_THAT(made.error().message, HasSubstr("cambium chain export"));
}

}  // namespace
}  // namespace cambium::engine
