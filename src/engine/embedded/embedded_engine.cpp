#include "engine/embedded/embedded_engine.hpp"

#include <fmt/format.h>

#include "base/log.hpp"
#include "chain/modules/accounts/accounts.hpp"
#include "chain/records.hpp"

namespace cambium::engine {

using chain::StatusBand;
using chain::TxStatus;

namespace {

/// Blocks whose outcomes are remembered again after a restart.
constexpr std::uint64_t kWarmBlocks = 1'000;

Nonce nonce_of(const state::View& view, const chain::Address& account) {
  auto bytes = view.get(chain::accounts::kAccounts.key({account}));
  if (!bytes) return {0};
  return {chain::accounts::kAccounts.decoded(*bytes).nonce()};
}

template <class Value, class Table>
Value read_or_default(const state::View& view, const Table& table) {
  auto bytes = view.get(table.key({}));
  return bytes ? table.decoded(*bytes) : Value{};
}

}  // namespace

EmbeddedEngine::EmbeddedEngine(std::unique_ptr<Ledger> ledger, EmbeddedOptions options,
                               const Clock& clock)
    : ledger_(std::move(ledger)), options_(std::move(options)), clock_(clock),
      mempool_(options_.mempool) {}

Result<std::unique_ptr<EmbeddedEngine>> EmbeddedEngine::open(const LedgerParts& parts,
                                                             EmbeddedOptions options,
                                                             const Clock& clock) {
  TRY(auto ledger, Ledger::open(parts));
  std::unique_ptr<EmbeddedEngine> engine(
      new EmbeddedEngine(std::move(ledger), std::move(options), clock));
  engine->warm_up();
  return engine;
}

void EmbeddedEngine::warm_up() {
  const std::uint64_t newest = ledger_->head().height.value;
  const std::uint64_t first = std::max(ledger_->genesis().initial_height(),
                                       newest > kWarmBlocks ? newest - kWarmBlocks : 0);
  for (std::uint64_t h = first; h <= newest; ++h) {
    auto block = ledger_->block({h});
    if (!block) continue;  // an older part of the log may be gone; nothing depends on it here
    settle({*block, {}});
  }
}

Submitted EmbeddedEngine::refuse(const TxId& id, TxStatus status) const {
  const auto& text = chain::explain(status);
  return {id, status, fmt::format("{}: {}.", text.what, text.advice)};
}

Submitted EmbeddedEngine::submit(Bytes raw) {
  const TxId id = chain::tx_id(raw);
  {
    std::lock_guard lock(mutex_);
    if (stopped_ || halted_) return {id, TxStatus::mempool_full, "The node is stopping."};
    if (mempool_.has(id)) return {id, TxStatus::ok, {}};
    if (auto known = outcomes_.find(id); known != outcomes_.end()) {
      auto status = known->second.status();
      bool final = known->second.height.value != 0;
      if (final) return {id, TxStatus::ok, {}};
      if (chain::band(status) == StatusBand::malformed) return refuse(id, status);
    }
  }
  auto pending = std::make_shared<PendingTx>();
  auto decoded = chain::decode_tx(ledger_->registry(), chain_id(), raw);
  if (!decoded) return refuse(id, decoded.error());
  pending->tx = std::move(*decoded);
  pending->raw = std::move(raw);
  pending->arrived = clock_.now();
  const chain::Tx* tx = pending->tx.get();
  if (!chain::verify_signatures({&tx, 1}, ledger_->verifier()).front()) {
    return refuse(id, TxStatus::bad_signature);
  }
  Nonce next_nonce;
  if (auto status = check(*pending, next_nonce); status != TxStatus::ok) return refuse(id, status);

  std::lock_guard lock(mutex_);
  std::vector<PendingPtr> evicted;
  auto status = mempool_.add(pending, next_nonce, evicted);
  for (const auto& gone : evicted) {
    bool same = gone->sender() == pending->sender() && gone->nonce() == pending->nonce();
    drop({gone}, same ? TxStatus::replaced : TxStatus::mempool_full);
  }
  if (status != TxStatus::ok) return refuse(id, status);
  if (auto known = outcomes_.find(id); known != outcomes_.end()) outcomes_.erase(known);
  news_ = true;
  changed_.notify_all();
  return {id, TxStatus::ok, {}};
}

// Nonces may run ahead of the state: earlier ones may wait beside this one or be on their way.
TxStatus EmbeddedEngine::check(const PendingTx& tx, Nonce& next_nonce) const {
  auto view = ledger_->view();
  if (!view) return TxStatus::mempool_full;
  next_nonce = nonce_of(*view, tx.sender());
  auto info = ledger_->next_info(clock_.now());
  auto status = chain::admit(*view, {info, ledger_->verifier()}, *tx.tx);
  return status == TxStatus::nonce_too_high ? TxStatus::ok : status;
}

Result<TimeMs> EmbeddedEngine::tick(TimeMs now) {
  if (auto error = halted()) return tl::unexpected<Error>(*error);
  for (int blocks = 0; blocks < 16; ++blocks) {
    TRY(auto view, ledger_->view());
    const Head head = ledger_->head();
    CadenceFacts facts{.last_block = head.time};
    {
      std::lock_guard lock(mutex_);
      news_ = false;
      drop(mempool_.expire(now), TxStatus::waited_too_long);
      if (nudged_ || ready(view)) facts.work = CadenceFacts::Work::waiting;
    }
    if (head.tx_count > 0) facts.root = CadenceFacts::Root::owed;
    // A first block at once gives a new chain a header to prove things with.
    const bool first = head.height.value < ledger_->genesis().initial_height();
    const TimeMs due = first ? now : next_block_due(options_.cadence, facts);
    if (due > now) return due;
    if (auto made = make_block(now); !made) {
      std::lock_guard lock(mutex_);
      halted_ = made.error();
      changed_.notify_all();
      return tl::unexpected<Error>(*halted_);
    }
  }
  return now;
}

bool EmbeddedEngine::ready(const state::View& view) const {
  return mempool_.has_ready([&](const chain::Address& a) { return nonce_of(view, a); });
}

std::vector<Bytes> EmbeddedEngine::candidates(const state::View& view) {
  auto params = read_or_default<chain::v1::Params>(view, chain::kParams);
  std::vector<Bytes> out;
  std::lock_guard lock(mutex_);
  nudged_ = false;
  auto nonce = [&](const chain::Address& a) { return nonce_of(view, a); };
  for (const auto& tx : mempool_.select({.gas = params.block_gas_limit()}, nonce)) {
    out.push_back(tx->raw);
  }
  return out;
}

Status EmbeddedEngine::make_block(TimeMs now) {
  TRY(auto view, ledger_->view());
  auto txs = candidates(view);
  TRY(auto built, ledger_->build(now, txs));
  settle(built);
  tell(built.block);
  return {};
}

void EmbeddedEngine::settle(const Built& built) {
  std::lock_guard lock(mutex_);
  const auto& block = *built.block;
  for (std::size_t i = 0; i < block.txs.size(); ++i) {
    mempool_.remove(block.txs[i].id);
    record({block.txs[i].id, block.height(), static_cast<std::uint32_t>(i), block.txs[i].result});
  }
  for (const auto& refusal : built.refused) {
    if (refusal.status == TxStatus::block_full || refusal.status == TxStatus::nonce_too_high) {
      continue;  // it may fit the next one
    }
    mempool_.remove(refusal.id);
    TxOutcome outcome{.id = refusal.id, .height = {}, .result = {}};
    outcome.result.set_status(static_cast<std::uint32_t>(refusal.status));
    record(std::move(outcome));
  }
  changed_.notify_all();
}

void EmbeddedEngine::drop(const std::vector<PendingPtr>& txs, TxStatus status) {
  for (const auto& tx : txs) {
    TxOutcome outcome{.id = tx->id(), .height = {}, .result = {}};
    outcome.result.set_status(static_cast<std::uint32_t>(status));
    record(std::move(outcome));
  }
  if (!txs.empty()) changed_.notify_all();
}

void EmbeddedEngine::record(TxOutcome outcome) {
  const TxId id = outcome.id;
  outcome_order_.push_back(id);
  outcomes_.insert_or_assign(id, std::move(outcome));
  if (outcome_order_.size() > kRememberedOutcomes) {
    outcomes_.erase(outcome_order_.front());
    outcome_order_.pop_front();
  }
}

void EmbeddedEngine::nudge() {
  std::lock_guard lock(mutex_);
  nudged_ = true;
  news_ = true;
  changed_.notify_all();
}

void EmbeddedEngine::wait_for_work(TimeMs deadline) {
  std::unique_lock lock(mutex_);
  const auto left = std::chrono::milliseconds(std::max<std::int64_t>(
      0, deadline.value - clock_.now().value));
  changed_.wait_for(lock, left, [&] { return news_ || stopped_; });
}

void EmbeddedEngine::stop() {
  std::lock_guard lock(mutex_);
  stopped_ = true;
  changed_.notify_all();
}

std::optional<Error> EmbeddedEngine::halted() const {
  std::lock_guard lock(mutex_);
  return halted_;
}

std::optional<TxOutcome> EmbeddedEngine::outcome(const TxId& id) const {
  std::lock_guard lock(mutex_);
  auto found = outcomes_.find(id);
  return found == outcomes_.end() ? std::nullopt : std::optional(found->second);
}

Result<TxOutcome> EmbeddedEngine::wait(const TxId& id, std::int64_t timeout_ms) {
  std::unique_lock lock(mutex_);
  const auto until = std::chrono::steady_clock::now() + std::chrono::milliseconds(timeout_ms);
  for (;;) {
    if (auto found = outcomes_.find(id); found != outcomes_.end()) return found->second;
    if (halted_) return tl::unexpected<Error>(*halted_);
    if (stopped_) return fail(ErrorCode::unavailable, "The node is stopping; ask it again later.");
    if (!mempool_.has(id)) {
      return fail(ErrorCode::not_found,
                  fmt::format("Transaction {} is neither waiting nor final here.", id.hex()));
    }
    if (changed_.wait_until(lock, until) == std::cv_status::timeout) {
      return fail(ErrorCode::timeout,
                  fmt::format("Transaction {} still waits for a block; ask again.", id.hex()));
    }
  }
}

}  // namespace cambium::engine
