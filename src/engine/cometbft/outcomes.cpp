#include "engine/cometbft/outcomes.hpp"

#include <fmt/format.h>

namespace cambium::engine {
namespace {

/// A transaction that no block took for so many blocks has left CometBFT's mempool unnoticed.
constexpr std::uint64_t kForgottenAfterBlocks = 10'000;

}  // namespace

void OutcomeBook::waits(const TxId& id) {
  std::lock_guard lock(mutex_);
  const auto known = outcomes_.find(id);
  if (known != outcomes_.end()) {
    if (known->second.height.value != 0) return;
    outcomes_.erase(known);
  }
  waiting_.emplace(id, blocks_);
}

bool OutcomeBook::is_waiting(const TxId& id) const {
  std::lock_guard lock(mutex_);
  return waiting_.contains(id);
}

std::size_t OutcomeBook::waiting() const {
  std::lock_guard lock(mutex_);
  return waiting_.size();
}

void OutcomeBook::refused(const TxId& id, chain::TxStatus status) {
  std::lock_guard lock(mutex_);
  if (waiting_.erase(id) == 0) return;  // it is final, or nobody asked for it
  TxOutcome outcome{.id = id, .height = {}, .result = {}};
  outcome.result.set_status(static_cast<std::uint32_t>(status));
  record(std::move(outcome));
  changed_.notify_all();
}

void OutcomeBook::settle(const CommittedBlock& block) {
  std::lock_guard lock(mutex_);
  ++blocks_;
  for (std::size_t i = 0; i < block.txs.size(); ++i) {
    const auto& tx = block.txs[i];
    waiting_.erase(tx.id);
    const auto band = chain::band(static_cast<chain::TxStatus>(tx.result.status()));
    const bool included =
        band == chain::StatusBand::ok || band == chain::StatusBand::failed_with_fee;
    // One that changed nothing may be sent again, wherever its bytes already lie.
    record({tx.id, included ? block.height() : Height{}, static_cast<std::uint32_t>(i),
            tx.result});
  }
  if (blocks_ % kForgottenAfterBlocks == 0) {
    std::erase_if(waiting_, [&](const auto& item) {
      return blocks_ - item.second > kForgottenAfterBlocks;
    });
  }
  changed_.notify_all();
}

void OutcomeBook::record(TxOutcome outcome) {
  const TxId id = outcome.id;
  order_.push_back(id);
  outcomes_.insert_or_assign(id, std::move(outcome));
  if (order_.size() <= remembered_) return;
  outcomes_.erase(order_.front());
  order_.pop_front();
}

std::optional<TxOutcome> OutcomeBook::find(const TxId& id) const {
  std::lock_guard lock(mutex_);
  const auto found = outcomes_.find(id);
  return found == outcomes_.end() ? std::nullopt : std::optional(found->second);
}

Result<TxOutcome> OutcomeBook::wait(const TxId& id, std::int64_t timeout_ms) {
  std::unique_lock lock(mutex_);
  const auto until = std::chrono::steady_clock::now() + std::chrono::milliseconds(timeout_ms);
  for (;;) {
    if (auto found = outcomes_.find(id); found != outcomes_.end()) return found->second;
    if (closed_) return tl::unexpected<Error>(*closed_);
    if (!waiting_.contains(id)) {
      return fail(ErrorCode::not_found,
                  fmt::format("Transaction {} is neither waiting nor final here.", id.hex()));
    }
    if (changed_.wait_until(lock, until) == std::cv_status::timeout) {
      return fail(ErrorCode::timeout,
                  fmt::format("Transaction {} still waits for a block; ask again.", id.hex()));
    }
  }
}

void OutcomeBook::close(Error reason) {
  std::lock_guard lock(mutex_);
  if (!closed_) closed_ = std::move(reason);
  changed_.notify_all();
}

}  // namespace cambium::engine
