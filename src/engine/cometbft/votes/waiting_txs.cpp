#include "engine/cometbft/votes/waiting_txs.hpp"

#include "engine/cometbft/votes/carried.hpp"

namespace cambium::engine {

TxFacts facts_of(const chain::Tx& tx) {
  TxFacts out{.sender = tx.signers.front(), .nonce = {}, .gas = tx.body.fee().gas_limit()};
  if (!tx.body.unordered() && tx.body.ticket() == 0) out.nonce = tx.body.nonce();
  return out;
}

void WaitingTxs::waits(const chain::Tx& tx, Height state) {
  std::lock_guard lock(mutex_);
  const auto found = waiting_.find(tx.id);
  if (found != waiting_.end()) {
    found->second.checked = state;
  } else if (waiting_.size() < kMost) {
    waiting_.emplace(tx.id, Waiting{facts_of(tx), clock_.now(), state});
  }
}

void WaitingTxs::gone(const TxId& id) {
  std::lock_guard lock(mutex_);
  waiting_.erase(id);
}

std::optional<TxFacts> WaitingTxs::find(const TxId& id) const {
  std::lock_guard lock(mutex_);
  const auto found = waiting_.find(id);
  return found == waiting_.end() ? std::nullopt : std::optional(found->second.facts);
}

// What the mempool dropped without a word is not said again on a newer state. Two of one sender may
// exclude each other, so one of them in the block clears the other.
bool WaitingTxs::could_come(const Waiting& tx, const BlockContents& block) const {
  if (tx.checked != block.below || block.senders.contains(tx.facts.sender)) return false;
  return !tx.facts.nonce || *tx.facts.nonce == block.next_nonce(tx.facts.sender).value;
}

std::string WaitingTxs::left_out_of(const BlockContents& block) const {
  const std::int64_t before = clock_.now().value - kWaitsForMs;
  std::string out;
  std::lock_guard lock(mutex_);
  for (const auto& [id, tx] : waiting_) {
    if (tx.since.value > before || block.ids.contains(id) || !could_come(tx, block)) continue;
    const std::string prefix = to_string(id.view().first(kTxPrefix));
    if (out.size() >= kTxPrefix && out.compare(out.size() - kTxPrefix, kTxPrefix, prefix) == 0) {
      continue;
    }
    out += prefix;
    if (out.size() == kMaxLeftOut * kTxPrefix) break;
  }
  return out;
}

}  // namespace cambium::engine
