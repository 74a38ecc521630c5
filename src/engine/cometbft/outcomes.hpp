// Where transactions ended, for those who wait for them.
#pragma once

#include <condition_variable>
#include <deque>
#include <mutex>
#include <unordered_map>

#include "engine/engine.hpp"

namespace cambium::engine {

/// Threads may call everything at any time.
class OutcomeBook {
 public:
  /// Outcomes beyond `remembered` are forgotten, the oldest first.
  explicit OutcomeBook(std::size_t remembered) : remembered_(remembered) {}

  /// It has been taken into a mempool; what was said about it before no longer holds.
  void waits(const TxId& id);
  bool is_waiting(const TxId& id) const;
  std::size_t waiting() const;
  /// It left the mempool without being included.
  void refused(const TxId& id, chain::TxStatus status);
  /// Everything in a final block.
  void settle(const CommittedBlock& block);

  std::optional<TxOutcome> find(const TxId& id) const;
  Result<TxOutcome> wait(const TxId& id, std::int64_t timeout_ms);
  /// Every waiter returns with this, now and from now on.
  void close(Error reason);

 private:
  void record(TxOutcome outcome);

  const std::size_t remembered_;
  mutable std::mutex mutex_;  // guards the rest
  std::condition_variable changed_;
  std::unordered_map<TxId, TxOutcome> outcomes_;
  std::unordered_map<TxId, std::uint64_t> waiting_;  // and when it came, for expiry
  std::deque<TxId> order_;
  std::optional<Error> closed_;
  std::uint64_t blocks_ = 0;
};

}  // namespace cambium::engine
