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

TxStatus Mempool::add(PendingPtr tx, Nonce next_nonce, std::vector<PendingPtr>& evicted) {
  if (has(tx->id())) return TxStatus::ok;
  if (tx->nonce() < next_nonce.value) return TxStatus::nonce_too_low;
  if (tx->nonce() - next_nonce.value >= limits_.max_per_sender) return TxStatus::nonce_too_high;
  auto& queue = senders_[tx->sender()];
  if (auto same = queue.find(tx->nonce()); same != queue.end()) {
    auto wanted = mul_div(same->second->price(), kReplacementPercent, 100).value_or(UINT64_MAX);
    if (tx->price() < std::max(wanted, same->second->price() + 1)) {
      return TxStatus::replacement_underpriced;
    }
    evicted.push_back(same->second);
    remove(same->second->id());
  }
  while (by_id_.size() + 1 > limits_.max_txs || bytes_ + tx->raw.size() > limits_.max_bytes) {
    auto last = worst();
    if (!last || last->price() >= tx->price()) {
      if (auto it = senders_.find(tx->sender()); it != senders_.end() && it->second.empty()) {
        senders_.erase(it);
      }
      return TxStatus::mempool_full;
    }
    evicted.push_back(last);
    remove(last->id());
  }
  insert(std::move(tx));
  return TxStatus::ok;
}

void Mempool::insert(PendingPtr tx) {
  bytes_ += tx->raw.size();
  by_id_.emplace(tx->id(), tx);
  senders_[tx->sender()].emplace(tx->nonce(), std::move(tx));
}

// The cheapest among the last transactions of all senders: taking it strands no other.
PendingPtr Mempool::worst() const {
  PendingPtr found;
  for (const auto& [sender, queue] : senders_) {
    if (queue.empty()) continue;
    const PendingPtr& last = queue.rbegin()->second;
    if (!found || last->price() < found->price()) found = last;
  }
  return found;
}

void Mempool::remove(const TxId& id) {
  auto found = by_id_.find(id);
  if (found == by_id_.end()) return;
  PendingPtr tx = found->second;
  bytes_ -= tx->raw.size();
  by_id_.erase(found);
  auto queue = senders_.find(tx->sender());
  queue->second.erase(tx->nonce());
  if (queue->second.empty()) senders_.erase(queue);
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
    return item.second.contains(next_nonce(item.first).value);
  });
}

std::vector<PendingPtr> Mempool::select(BlockRoom room, const NextNonce& next_nonce) const {
  std::map<chain::Address, Queue::const_iterator> heads;
  for (const auto& [sender, queue] : senders_) {
    auto first = queue.find(next_nonce(sender).value);
    if (first != queue.end()) heads.emplace(sender, first);
  }
  std::vector<PendingPtr> out;
  BlockRoom lane = room;
  lane.gas = room.gas / 100 * kFreeLanePercent;
  const std::uint64_t lane_gas = lane.gas;
  fill(lane, true, heads, out);
  room.gas -= lane_gas - lane.gas;
  room.bytes = lane.bytes;
  fill(room, false, heads, out);
  return out;
}

// Takes the best of the senders' first transactions, again and again; a sender whose next one does
// not fit, or is not of this lane, is done.
void Mempool::fill(BlockRoom& room, bool free_lane,
                   std::map<chain::Address, Queue::const_iterator>& heads,
                   std::vector<PendingPtr>& out) const {
  using Head = std::pair<PendingPtr, chain::Address>;
  auto worse = [](const Head& a, const Head& b) {
    if (a.first->price() != b.first->price()) return a.first->price() < b.first->price();
    if (a.first->arrived != b.first->arrived) return a.first->arrived > b.first->arrived;
    return a.first->id() > b.first->id();
  };
  std::priority_queue<Head, std::vector<Head>, decltype(worse)> best(worse);
  for (const auto& [sender, at] : heads) best.emplace(at->second, sender);
  while (!best.empty()) {
    auto [tx, sender] = best.top();
    best.pop();
    if (free_lane && !tx->tx->zero_fee) continue;
    if (tx->gas() > room.gas || tx->raw.size() > room.bytes) continue;
    room.gas -= tx->gas();
    room.bytes -= tx->raw.size();
    out.push_back(tx);
    const Queue& queue = senders_.at(sender);
    auto next = std::next(heads.at(sender));
    if (next == queue.end() || next->first != tx->nonce() + 1) {
      heads.erase(sender);
      continue;
    }
    heads.at(sender) = next;
    best.emplace(next->second, sender);
  }
}

}  // namespace cambium::engine
