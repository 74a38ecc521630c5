// The engine of one process: its operator orders the transactions and signs the headers. Driven by
// `tick`, so that simulation runs the same code in virtual time; EngineRunner owns the thread.
#pragma once

#include <condition_variable>
#include <deque>
#include <list>
#include <unordered_map>

#include "base/clock.hpp"
#include "engine/embedded/cadence.hpp"
#include "engine/embedded/ledger.hpp"
#include "engine/engine.hpp"
#include "engine/mempool.hpp"

namespace cambium::engine {

struct EmbeddedOptions {
  std::string alias;  // "utility", "compute-0"
  CadenceRules cadence;
  MempoolLimits mempool;
};

/// How many outcomes are remembered for `wait` and `outcome`.
inline constexpr std::size_t kRememberedOutcomes = 100'000;

class EmbeddedEngine final : public Engine {
 public:
  /// `parts` and `clock` are borrowed.
  static Result<std::unique_ptr<EmbeddedEngine>> open(const LedgerParts& parts,
                                                      EmbeddedOptions options,
                                                      const Clock& clock);

  /// Makes the block that is due at `now`, if one is; returns when to come again. After an error
  /// the engine has halted: everything acknowledged is safe and a restart goes on from it.
  Result<TimeMs> tick(TimeMs now);
  /// Makes a block soon although nothing waits, as a relayer needs for a header.
  void nudge();
  /// Returns at `deadline` or earlier when `tick` has something new to do.
  void wait_for_work(TimeMs deadline);
  /// Lets every waiter and `wait_for_work` return; new submissions are refused.
  void stop();
  /// The reason when the engine has halted.
  std::optional<Error> halted() const;
  Status flush() { return ledger_->flush(); }

  const std::string& chain_id() const override { return ledger_->genesis().chain_id(); }
  const std::string& alias() const override { return options_.alias; }
  const chain::Registry& registry() const override { return ledger_->registry(); }
  ChainStatus status() const override;
  Submitted submit(Bytes raw) override;
  Result<TxOutcome> wait(const TxId& id, std::int64_t timeout_ms) override;
  std::optional<TxOutcome> outcome(const TxId& id) const override;
  chain::TxOutcome<chain::Simulation> simulate(ByteView raw) const override;
  Result<BlockPtr> block(Height height) const override { return ledger_->block(height); }
  Result<state::HeightView> state_at(std::optional<Height> height = {}) const override {
    return ledger_->view(height);
  }
  Result<ProvenValue> prove(ByteView key) const override;
  Result<ProvenValue> prove_at(ByteView key, Height height) const override;
  Result<chain::QueryAnswer> query(chain::QueryName name,
                                   std::string_view request_json) const override;
  std::unique_ptr<Subscription> subscribe(OnBlock on_block) override;

 private:
  class Listener;
  EmbeddedEngine(std::unique_ptr<Ledger> ledger, EmbeddedOptions options, const Clock& clock);
  Submitted refuse(const TxId& id, chain::TxStatus status) const;
  chain::TxStatus check(const PendingTx& tx, Nonce& next_nonce) const;
  bool ready(const state::View& view) const;
  std::vector<Bytes> candidates(const state::View& view);
  Status make_block(TimeMs now);
  void settle(const Built& built);
  void record(TxOutcome outcome);
  void drop(const std::vector<PendingPtr>& txs, chain::TxStatus status);
  void tell(const BlockPtr& block);
  void warm_up();

  std::unique_ptr<Ledger> ledger_;
  const EmbeddedOptions options_;
  const Clock& clock_;

  mutable std::mutex mutex_;  // guards all down to halted_
  std::condition_variable changed_;
  Mempool mempool_;
  std::unordered_map<TxId, TxOutcome> outcomes_;
  std::deque<TxId> outcome_order_;
  bool nudged_ = false;
  bool news_ = false;  // something for tick since it last looked
  bool stopped_ = false;
  std::optional<Error> halted_;

  std::mutex listeners_mutex_;
  std::list<std::weak_ptr<OnBlock>> listeners_;
};

}  // namespace cambium::engine
