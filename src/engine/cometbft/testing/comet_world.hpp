// One application driven by hand as CometBFT would drive it, with alice and bob, whose process can
// be killed and started again.
#pragma once

#include <cstdlib>

#include "chain/modules/bank/bank.hpp"
#include "chain/records.hpp"
#include "engine/cometbft/app.hpp"
#include "engine/log/memory_disk.hpp"
#include "engine/native_verifier.hpp"
#include "engine/tx_builder.hpp"
#include "schema/canonical.hpp"

namespace cambium::engine::testing {

class CometWorld {
 public:
  static constexpr std::uint64_t kStart = 1'000'000'000;
  static constexpr std::uint64_t kBlockGas = 40'000'000;
  using Txs = std::vector<Bytes>;

  explicit CometWorld(std::uint32_t rules_version = 1);
  ~CometWorld();
  void restart();

  abci::Response handle(const abci::Request& request) { return app->handle(request); }
  tendermint::abci::ResponseInfo info();
  std::string init_chain();
  abci::Request finalize_request(const Txs& txs);
  tendermint::abci::ResponseFinalizeBlock finalize(const Txs& txs);
  void commit();
  /// Both, and the next height.
  tendermint::abci::ResponseFinalizeBlock make_block(const Txs& txs);
  tendermint::abci::ResponseCheckTx check(const Bytes& tx);
  Txs prepare(const Txs& offered, std::size_t max_bytes = 1'000'000);
  tendermint::abci::ResponseProcessProposal::ProposalStatus process(const Txs& txs);
  std::string extend();
  bool accepts_extension(const std::string& extension);

  void write_snapshot();
  /// All chunks of the giver's newest snapshot, through the four calls.
  bool take_snapshot(CometWorld& giver, const std::string& app_hash);

  Bytes send(std::uint64_t nonce, std::uint64_t amount, std::uint64_t fee = 100'000,
             std::uint64_t gas = 100'000);
  /// From bob to alice.
  Bytes send_back(std::uint64_t nonce, std::uint64_t amount, std::uint64_t fee);
  std::uint64_t bob_has() const;

  std::unique_ptr<CometLedger> ledger;
  std::unique_ptr<CometApp> app;
  std::string fatal;
  std::uint64_t next_height = 1;
  std::int64_t time_ms = 2'000'000;
  Pruning pruning;  // from the next restart on
  std::uint64_t retain = 0;  // what the last commit said

 private:
  static crypto::Address address(const crypto::SigningKey& key) {
    return crypto::address_of(key.public_key());
  }
  Bytes transfer(const crypto::SigningKey& from, const crypto::SigningKey& to,
                 std::uint64_t amount, TxPlan plan);
  void fill_genesis(std::uint32_t rules_version);

  std::unique_ptr<crypto::SigningKey> alice_, bob_;
  chain::v1::Genesis genesis_;
  NativeVerifier verifier_;
  ManualClock clock_{{2'000'000}};
  std::unique_ptr<state::NodeStore> store_ = state::make_memory_store();
  MemoryDisk disk_;
  std::filesystem::path folder_;
  std::unique_ptr<SnapshotStore> snapshots_;
  std::unique_ptr<SnapshotWriter> writer_;
  std::unique_ptr<Checker> checker_;
  OutcomeBook outcomes_{1'000};
};

}  // namespace cambium::engine::testing
