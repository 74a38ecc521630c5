// Transactions that this node holds ready, and since when.
#pragma once

#include <map>
#include <mutex>
#include <span>
#include <string>

#include "base/clock.hpp"
#include "base/ids.hpp"

namespace cambium::engine {

/// How long a transaction must have been here before a block without it is held against anybody:
/// several times what gossip takes.
inline constexpr std::int64_t kWaitsForMs = 2'000;

/// Threads may call everything at any time.
class WaitingTxs {
 public:
  explicit WaitingTxs(const Clock& clock) : clock_(clock) {}

  void waits(const TxId& id);
  void gone(const TxId& id);
  /// The first bytes of ids that waited long enough and are not among `included`, ascending, as
  /// many as a vote may name.
  std::string left_out_of(std::span<const Bytes> included) const;

 private:
  static constexpr std::size_t kMost = 50'000;  // more are not watched

  const Clock& clock_;
  mutable std::mutex mutex_;  // guards the next
  std::map<TxId, TimeMs> since_;
};

}  // namespace cambium::engine
