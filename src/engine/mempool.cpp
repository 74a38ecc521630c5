#include "engine/mempool.hpp"

#include <algorithm>
#include <queue>

#include "base/amount.hpp"

namespace cambium::engine {

using chain::TxStatus;

std::uint64_t PendingTx::price() const {
  return mul_div(tx->body.fee().amount_ucbm(), kNano, std::max<std::uint64_t>(gas(), 1))
      .value_or(UINT64_MAX);
}

TxStatus Mempool::place(const PendingTx& tx, Nonce next_nonce, std::vector<PendingPtr>& evicted) {
  const auto at = senders_.find(tx.sender());
  if (tx.loose()) {
    const bool full = at != senders_.end() && at->second.loose.size() >= limits_.max_per_sender;
    return full ? TxStatus::mempool_full : TxStatus::ok;
  }
  if (tx.nonce() < next_nonce.value) return TxStatus::nonce_too_low;
  if (tx.nonce() - next_nonce.value >= limits_.max_per_sender) return TxStatus::nonce_too_high;
  if (at == senders_.end()) return TxStatus::ok;
  const auto same = at->second.ordered.find(tx.nonce());
  if (same == at->second.ordered.end()) return TxStatus::ok;
  auto wanted = mul_div(same->second->price(), kReplacementPercent, 100).value_or(UINT64_MAX);
  if (tx.price() < std::max(wanted, same->second->price() + 1)) {
    return TxStatus::replacement_underpriced;
  }
  evicted.push_back(same->second);
  remove(evicted.back()->id());
  return TxStatus::ok;
}

TxStatus Mempool::add(PendingPtr tx, Nonce next_nonce, std::vector<PendingPtr>& evicted) {
  if (has(tx->id())) return TxStatus::ok;
  if (const auto status = place(*tx, next_nonce, evicted); status != TxStatus::ok) return status;
  while (by_id_.size() + 1 > limits_.max_txs || bytes_ + tx->raw.size() > limits_.max_bytes) {
    auto last = worst();
    if (!last || last->price() >= tx->price()) return TxStatus::mempool_full;
    evicted.push_back(last);
    remove(last->id());
  }
  insert(std::move(tx));
  return TxStatus::ok;
}

void Mempool::insert(PendingPtr tx) {
  bytes_ += tx->raw.size();
  by_id_.emplace(tx->id(), tx);
  auto& waiting = senders_[tx->sender()];
  if (tx->loose()) {
    waiting.loose.emplace(tx->id(), std::move(tx));
  } else {
    waiting.ordered.emplace(tx->nonce(), std::move(tx));
  }
}

// The cheapest of what no other waits for: each sender's last in order, and all loose ones.
PendingPtr Mempool::worst() const {
  PendingPtr found;
  const auto look = [&](const PendingPtr& tx) {
    if (!found || tx->price() < found->price()) found = tx;
  };
  for (const auto& [sender, waiting] : senders_) {
    if (!waiting.ordered.empty()) look(waiting.ordered.rbegin()->second);
    for (const auto& [id, tx] : waiting.loose) look(tx);
  }
  return found;
}

void Mempool::remove(const TxId& id) {
  auto found = by_id_.find(id);
  if (found == by_id_.end()) return;
  const PendingPtr tx = found->second;
  bytes_ -= tx->raw.size();
  by_id_.erase(found);
  auto at = senders_.find(tx->sender());
  if (tx->loose()) {
    at->second.loose.erase(id);
  } else {
    at->second.ordered.erase(tx->nonce());
  }
  if (at->second.empty()) senders_.erase(at);
}

std::vector<PendingPtr> Mempool::expire(TimeMs now) {
  std::vector<PendingPtr> old;
  for (const auto& [id, tx] : by_id_) {
    if (now.value - tx->arrived.value >= limits_.expiry_ms) old.push_back(tx);
  }
  std::sort(old.begin(), old.end(),
            [](const auto& a, const auto& b) { return a->id() < b->id(); });
  for (const auto& tx : old) remove(tx->id());
  return old;
}

bool Mempool::has_ready(const NextNonce& next_nonce) const {
  return std::any_of(senders_.begin(), senders_.end(), [&](const auto& item) {
    const Waiting& waiting = item.second;
    return !waiting.loose.empty() || waiting.ordered.contains(next_nonce(item.first).value);
  });
}

/// Fills a block: the best of what may come next, again and again. A transaction in order brings
/// its sender's next one forward.
class Mempool::Selection {
 public:
  void offer(const PendingPtr& tx, const Queue* queue) { heads_.push_back({tx, queue}); }

  /// Takes what fits; of the free lane only, or of all. What was not taken stays for the next call.
  enum class Lane : std::uint8_t { free, any };
  void fill(BlockRoom& room, Lane lane, std::vector<PendingPtr>& out) {
    std::priority_queue<Head, std::vector<Head>, Worse> best(Worse{}, std::move(heads_));
    heads_.clear();
    while (!best.empty()) {
      const Head head = best.top();
      best.pop();
      const PendingTx& tx = *head.tx;
      const bool wrong_lane = lane == Lane::free && !tx.tx->zero_fee;
      if (wrong_lane || tx.gas() > room.gas || tx.raw.size() > room.bytes) {
        heads_.push_back(head);
        continue;
      }
      room.gas -= tx.gas();
      room.bytes -= tx.raw.size();
      out.push_back(head.tx);
      if (head.queue == nullptr) continue;
      const auto next = head.queue->find(tx.nonce() + 1);
      if (next != head.queue->end()) best.push({next->second, head.queue});
    }
  }

 private:
  struct Head {
    PendingPtr tx;
    const Queue* queue;  // of its sender; nullptr for a loose one
  };
  struct Worse {
    bool operator()(const Head& a, const Head& b) const {
      if (a.tx->price() != b.tx->price()) return a.tx->price() < b.tx->price();
      if (a.tx->arrived != b.tx->arrived) return a.tx->arrived > b.tx->arrived;
      return a.tx->id() > b.tx->id();
    }
  };
  std::vector<Head> heads_;
};

std::vector<PendingPtr> Mempool::select(BlockRoom room, const NextNonce& next_nonce) const {
  Selection selection;
  for (const auto& [sender, waiting] : senders_) {
    const auto first = waiting.ordered.find(next_nonce(sender).value);
    if (first != waiting.ordered.end()) selection.offer(first->second, &waiting.ordered);
    for (const auto& [id, tx] : waiting.loose) selection.offer(tx, nullptr);
  }
  std::vector<PendingPtr> out;
  BlockRoom lane = room;
  lane.gas = room.gas / 100 * kFreeLanePercent;
  const std::uint64_t lane_gas = lane.gas;
  selection.fill(lane, Selection::Lane::free, out);
  room.gas -= lane_gas - lane.gas;
  room.bytes = lane.bytes;
  selection.fill(room, Selection::Lane::any, out);
  return out;
}

}  // namespace cambium::engine
