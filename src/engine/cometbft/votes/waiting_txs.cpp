#include "engine/cometbft/votes/waiting_txs.hpp"

#include <set>

#include "chain/pipeline.hpp"
#include "engine/cometbft/votes/carried.hpp"

namespace cambium::engine {

void WaitingTxs::waits(const TxId& id) {
  std::lock_guard lock(mutex_);
  if (since_.size() < kMost) since_.try_emplace(id, clock_.now());
}

void WaitingTxs::gone(const TxId& id) {
  std::lock_guard lock(mutex_);
  since_.erase(id);
}

std::string WaitingTxs::left_out_of(std::span<const Bytes> included) const {
  std::set<TxId> there;
  for (const Bytes& raw : included) there.insert(chain::tx_id(raw));
  const std::int64_t before = clock_.now().value - kWaitsForMs;
  std::string out;
  std::lock_guard lock(mutex_);
  for (const auto& [id, since] : since_) {
    if (since.value > before || there.contains(id)) continue;
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
