// Receipts between the credit ledger and the chain: each is stored with the capture that it
// explains and forgotten once the chain has it, so that a crash neither loses nor doubles one.
#pragma once

#include <atomic>

#include "gateway/ledger/ledger.hpp"
#include "node/node.hpp"

namespace cambium::gateway {

class Outbox {
 public:
  /// Queues again what an earlier process left behind.
  static Result<std::unique_ptr<Outbox>> open(node::Node& node, Ledger& ledger);
  ~Outbox();

  static Evidence evidence_of(const node::PaidAnswer& answer);
  /// Hands the answer of a durable capture to the node.
  void send(const node::PaidAnswer& answer);

 private:
  Outbox(node::Node& node, Ledger& ledger) : node_(node), ledger_(ledger) {}
  /// Forgets what the chain has; queues the rest, which the node ignores where it has it already.
  Status settle();

  node::Node& node_;
  Ledger& ledger_;
  std::atomic<bool> chain_moved_{false};
  std::unique_ptr<engine::Subscription> subscription_;  // last: its callback uses the others
};

}  // namespace cambium::gateway
