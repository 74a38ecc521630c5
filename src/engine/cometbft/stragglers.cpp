#include "engine/cometbft/stragglers.hpp"

namespace cambium::engine {

bool Stragglers::take(const Arrival& tx) {
  std::lock_guard lock(mutex_);
  if (tx.state != state_) {
    state_ = tx.state;
    runs_.clear();
    bytes_ = 0;
  }
  Run& run = runs_[tx.sender];
  if (!run.end && tx.turn == Arrival::Turn::next) run.end = tx.nonce;
  if (run.end == tx.nonce) {
    ++*run.end;
    follow(run);
    return true;
  }
  if (bytes_ + tx.bytes > kMostStragglerBytes) return false;
  bytes_ += tx.bytes;
  if (!run.end || tx.nonce > *run.end) run.later.emplace(tx.nonce, tx.bytes);
  return true;
}

/// What waited only for the one before it waits no more.
void Stragglers::follow(Run& run) {
  for (auto at = run.later.begin(); at != run.later.end() && at->first == *run.end;
       at = run.later.erase(at)) {
    bytes_ -= at->second;
    ++*run.end;
  }
}

}  // namespace cambium::engine
