// The questions a transaction must pass before it may wait or be proposed. What was decoded and
// verified once is remembered, for the same bytes come by submission, gossip, proposal and block.
#pragma once

#include <deque>
#include <mutex>
#include <unordered_map>

#include "base/clock.hpp"
#include "engine/cometbft/ledger.hpp"
#include "engine/mempool.hpp"

namespace cambium::engine {

/// Transactions remembered as well formed and well signed.
inline constexpr std::size_t kRememberedChecks = 20'000;

/// Threads may call everything at any time.
class Checker {
 public:
  Checker(const CometLedger& ledger, const Clock& clock) : ledger_(ledger), clock_(clock) {}

  /// Decodes and verifies signatures; statuses of the malformed band only.
  chain::TxOutcome<PendingPtr> read(ByteView raw);
  /// And asks the newest state. Nonces may run ahead of it: earlier ones may be on their way.
  struct Verdict {
    PendingPtr tx;  // when it is well formed
    chain::TxStatus status = chain::TxStatus::ok;
    bool runs_ahead = false;  // admissible, but not before others of its sender
    Height state{};           // that was asked
  };
  Verdict check(ByteView raw);
  /// The newest state's word on a transaction that `read` returned.
  chain::TxStatus admit(const state::View& view, const PendingTx& tx) const;

 private:
  PendingPtr known(const TxId& id) const;
  void remember(const PendingPtr& tx);

  const CometLedger& ledger_;
  const Clock& clock_;
  mutable std::mutex mutex_;  // guards the next two
  std::unordered_map<TxId, PendingPtr> known_;
  std::deque<TxId> order_;
};

/// The next nonce of an account in that state.
Nonce nonce_of(const state::View& view, const chain::Address& account);

}  // namespace cambium::engine
