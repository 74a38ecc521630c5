// The engine whose blocks CometBFT orders: our half is the application, CometBFT a child process
// that dials it over a unix socket.
#pragma once

#include <atomic>

#include "engine/cometbft/app.hpp"
#include "engine/cometbft/listeners.hpp"
#include "engine/cometbft/process/child.hpp"
#include "engine/cometbft/process/rpc.hpp"
#include "engine/cometbft/remembering_verifier.hpp"
#include "engine/cometbft/votes/beacon_extender.hpp"
#include "engine/native_beacon.hpp"

namespace cambium::engine {

struct CometOptions {
  std::string alias;  // "utility", "compute-0"
  Pruning pruning;
  SnapshotRules snapshots;
  std::filesystem::path snapshot_folder;
  std::filesystem::path socket;
  std::uint16_t rpc_port = 0;
  BeaconIdentity beacon;  // without a signer: the program's own; without a secret: no shares
};

class CometEngine final : public Engine {
 public:
  /// `parts` and `clock` are borrowed.
  static Result<std::unique_ptr<CometEngine>> open(const CometParts& parts, CometOptions options,
                                                   const Clock& clock);
  ~CometEngine() override;

  /// Listens and starts CometBFT. `on_halt` hears, on one of the engine's threads, why no further
  /// block can be executed.
  Status start(ChildPlan cometbft, std::function<void(const Error&)> on_halt);
  /// Ends CometBFT, then the socket. New submissions are refused, waiters return.
  void stop();
  std::optional<Error> halted() const;
  /// -1 while CometBFT is not running.
  pid_t child_pid() const { return child_ ? child_->pid() : -1; }

  const std::string& chain_id() const override { return ledger_->genesis().chain_id(); }
  const std::string& alias() const override { return options_.alias; }
  const chain::Registry& registry() const override { return ledger_->registry(); }
  ChainStatus status() const override;
  Submitted submit(Bytes raw) override;
  Result<TxOutcome> wait(const TxId& id, std::int64_t timeout_ms) override {
    return outcomes_.wait(id, timeout_ms);
  }
  std::optional<TxOutcome> outcome(const TxId& id) const override { return outcomes_.find(id); }
  chain::TxOutcome<chain::Simulation> simulate(ByteView raw) const override;
  Result<BlockPtr> block(Height height) const override { return ledger_->block(height); }
  Result<state::HeightView> state_at(std::optional<Height> height = {}) const override {
    return ledger_->view(height);
  }
  Result<ProvenValue> prove(ByteView key) const override;
  Result<ProvenValue> prove_at(ByteView key, Height height) const override;
  Result<chain::QueryAnswer> query(chain::QueryName name,
                                   std::string_view request_json) const override;
  std::unique_ptr<Subscription> subscribe(OnBlock on_block) override {
    return listeners_.add(std::move(on_block));
  }

 private:
  CometEngine(std::unique_ptr<RememberingVerifier> verifier, std::unique_ptr<CometLedger> ledger,
              CometOptions options, const Clock& clock);
  void warm_up();
  void halt(const Error& reason);

  const CometOptions options_;
  const Clock& clock_;
  std::unique_ptr<RememberingVerifier> verifier_;
  std::unique_ptr<CometLedger> ledger_;
  CometRpc rpc_;
  Checker checker_;
  OutcomeBook outcomes_;
  Listeners listeners_;
  SnapshotStore snapshots_;
  SnapshotWriter snapshot_writer_;
  NativeBeacon native_beacon_;
  std::unique_ptr<BeaconExtender> extender_;  // of a chain that has a beacon
  CometApp app_;
  std::function<void(const Error&)> on_halt_;
  mutable std::mutex mutex_;  // guards the next
  std::optional<Error> halted_;
  std::atomic<bool> stopping_ = false;
  std::unique_ptr<abci::Server> server_;  // uses the application
  std::unique_ptr<Child> child_;          // last: it dials the server
};

}  // namespace cambium::engine
