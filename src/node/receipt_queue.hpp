// Paid answers on their way to the compute chain: batched, each sent once, funded from an escrow.
#pragma once

#include <deque>
#include <mutex>
#include <set>

#include "engine/tx_builder.hpp"
#include "node/node.hpp"

namespace cambium::node {

/// Receipts in one transaction; the chain's limit is 256.
inline constexpr std::size_t kReceiptBatch = 64;

class ReceiptQueue {
 public:
  /// `host` is paid for computing; `gateway` signs and owns the escrow.
  ReceiptQueue(engine::AccountSender& gateway, crypto::Address host)
      : gateway_(gateway), host_(host) {}

  void add(PaidAnswer answer);
  std::size_t waiting() const;
  /// Sends at most one batch and says how many it settled. Tops the escrow up first. A receipt
  /// that the chain has seen counts as settled.
  Result<std::size_t> flush();

 private:
  Status fund(std::uint64_t needed_ucbm);
  Result<bool> seen(const Hash& id) const;

  engine::AccountSender& gateway_;
  crypto::Address host_;
  mutable std::mutex mutex_;  // guards the next two
  std::deque<PaidAnswer> queue_;
  std::set<Hash> ids_;
};

}  // namespace cambium::node
