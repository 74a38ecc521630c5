// Transactions that wait for a block: the best payers first, each sender's in nonce order.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <set>
#include <unordered_map>
#include <vector>

#include "chain/pipeline.hpp"

namespace cambium::engine {

struct MempoolLimits {
  std::size_t max_txs = 20'000;
  std::size_t max_bytes = 64u << 20;
  std::size_t max_per_sender = 256;
  std::int64_t expiry_ms = 600'000;
};

/// A well-formed transaction whose signatures hold, as it waits.
struct PendingTx {
  Bytes raw;
  std::unique_ptr<chain::Tx> tx;
  TimeMs arrived;

  const TxId& id() const { return tx->id; }
  const chain::Address& sender() const { return tx->signers.front(); }
  std::uint64_t nonce() const { return tx->body.nonce(); }
  /// With a ticket or without any order: it waits for no other.
  bool loose() const { return tx->body.unordered() || tx->body.ticket() != 0; }
  std::uint64_t gas() const { return tx->body.fee().gas_limit(); }
  /// What it offers per unit of gas, in 10^-9 ucbm.
  std::uint64_t price() const;
};
using PendingPtr = std::shared_ptr<const PendingTx>;

/// Room in one block.
struct BlockRoom {
  std::uint64_t gas = 0;
  std::size_t bytes = 4u << 20;
};

/// A replacement must offer this much more than what it replaces, so that churn costs something.
inline constexpr std::uint64_t kReplacementPercent = 110;
/// Share of a block that zero-fee lanes may fill before paying transactions, so that neither
/// starves the other.
inline constexpr std::uint64_t kFreeLanePercent = 25;

/// Not thread safe; the owner locks.
class Mempool {
 public:
  explicit Mempool(MempoolLimits limits) : limits_(limits) {}

  /// `next_nonce` is the sender's on the newest state; nonces may run ahead of it by at most
  /// `max_per_sender`. When the pool is full the worst payer goes; those are appended to `evicted`.
  chain::TxStatus add(PendingPtr tx, Nonce next_nonce, std::vector<PendingPtr>& evicted);

  /// What the next block should try, best payers first; every sender's from its next nonce on
  /// without gaps. Nothing is removed.
  using NextNonce = std::function<Nonce(const chain::Address&)>;
  std::vector<PendingPtr> select(BlockRoom room, const NextNonce& next_nonce) const;

  void remove(const TxId& id);
  /// Takes out and returns what has waited too long.
  std::vector<PendingPtr> expire(TimeMs now);

  bool has(const TxId& id) const { return by_id_.contains(id); }
  std::size_t size() const { return by_id_.size(); }
  std::size_t bytes() const { return bytes_; }
  /// True when `select` would find something for this sender state.
  bool has_ready(const NextNonce& next_nonce) const;

 private:
  using Queue = std::map<std::uint64_t, PendingPtr>;  // by nonce
  /// What a sender has waiting.
  struct Waiting {
    Queue ordered;
    std::map<TxId, PendingPtr> loose;
    bool empty() const { return ordered.empty() && loose.empty(); }
  };
  class Selection;

  chain::TxStatus place(const PendingTx& tx, Nonce next_nonce, std::vector<PendingPtr>& evicted);
  PendingPtr worst() const;
  void insert(PendingPtr tx);

  MempoolLimits limits_;
  std::map<chain::Address, Waiting> senders_;
  std::unordered_map<TxId, PendingPtr> by_id_;
  std::size_t bytes_ = 0;
};

}  // namespace cambium::engine
