// Transactions that this node holds ready, and since when.
#pragma once

#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <set>
#include <string>

#include "base/clock.hpp"
#include "engine/mempool.hpp"

namespace cambium::engine {

/// How long a transaction must have been here before a block without it is held against anybody:
/// several times what gossip takes.
inline constexpr std::int64_t kWaitsForMs = 2'000;

/// What decides whether a block could have held a transaction besides others.
struct TxFacts {
  chain::Address sender = {};
  std::optional<std::uint64_t> nonce = {};  // none: it waits for no other
  std::uint64_t gas = 0;
};
TxFacts facts_of(const chain::Tx& tx);

/// A block under decision: what is in it, and the state below it.
struct BlockContents {
  std::set<TxId> ids = {};
  std::set<chain::Address> senders = {};
  std::size_t bytes = 0;
  std::uint64_t gas = 0;
  Height below = {};
  std::function<Nonce(const chain::Address&)> next_nonce = {};
};

/// Threads may call everything at any time.
class WaitingTxs {
 public:
  explicit WaitingTxs(const Clock& clock) : clock_(clock) {}

  /// It was found admissible on the state of that height; to be said again on every newer one.
  void waits(const chain::Tx& tx, Height state);
  void gone(const TxId& id);
  /// Of one that waits.
  std::optional<TxFacts> find(const TxId& id) const;
  /// The first bytes of ids that waited long enough and are not among the block's although any
  /// honest proposer would have put them there, ascending, as many as a vote may name. Whoever
  /// has something in the block, or must send something else first, is not left out.
  std::string left_out_of(const BlockContents& block) const;

 private:
  static constexpr std::size_t kMost = 50'000;  // more are not watched
  struct Waiting {
    TxFacts facts;
    TimeMs since;
    Height checked;
  };
  bool could_come(const Waiting& tx, const BlockContents& block) const;

  const Clock& clock_;
  mutable std::mutex mutex_;  // guards the next
  std::map<TxId, Waiting> waiting_;
};

}  // namespace cambium::engine
