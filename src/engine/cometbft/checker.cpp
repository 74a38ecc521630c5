#include "engine/cometbft/checker.hpp"

#include "chain/modules/accounts/accounts.hpp"

namespace cambium::engine {

using chain::TxStatus;

Nonce nonce_of(const state::View& view, const chain::Address& account) {
  auto bytes = view.get(chain::accounts::kAccounts.key({account}));
  if (!bytes) return {0};
  return {chain::accounts::kAccounts.decoded(*bytes).nonce()};
}

PendingPtr Checker::known(const TxId& id) const {
  std::lock_guard lock(mutex_);
  const auto found = known_.find(id);
  return found == known_.end() ? nullptr : found->second;
}

void Checker::remember(const PendingPtr& tx) {
  std::lock_guard lock(mutex_);
  if (!known_.emplace(tx->id(), tx).second) return;
  order_.push_back(tx->id());
  if (order_.size() <= kRememberedChecks) return;
  known_.erase(order_.front());
  order_.pop_front();
}

chain::TxOutcome<PendingPtr> Checker::read(ByteView raw) {
  if (auto found = known(chain::tx_id(raw))) return found;
  auto decoded = chain::decode_tx(ledger_.registry(), ledger_.genesis().chain_id(), raw);
  if (!decoded) return tl::unexpected(decoded.error());
  auto pending = std::make_shared<PendingTx>();
  pending->tx = std::move(*decoded);
  pending->raw = to_bytes(raw);
  pending->arrived = clock_.now();
  const chain::Tx* tx = pending->tx.get();
  if (!chain::verify_signatures({&tx, 1}, ledger_.verifier()).front()) {
    return tl::unexpected(TxStatus::bad_signature);
  }
  remember(pending);
  return PendingPtr(pending);
}

TxStatus Checker::admit(const state::View& view, const PendingTx& tx) const {
  const auto info = ledger_.next_info(clock_.now());
  const auto status = chain::admit(view, {info, ledger_.verifier()}, *tx.tx);
  return status == TxStatus::nonce_too_high ? TxStatus::ok : status;
}

Checker::Verdict Checker::check(ByteView raw) {
  auto tx = read(raw);
  if (!tx) return {nullptr, tx.error()};
  const auto view = ledger_.view();
  if (!view) return {std::move(*tx), TxStatus::mempool_full};
  const auto info = ledger_.next_info(clock_.now());
  const auto status = chain::admit(*view, {info, ledger_.verifier()}, *(*tx)->tx);
  if (status != TxStatus::nonce_too_high) return {std::move(*tx), status, false, view->height()};
  return {std::move(*tx), TxStatus::ok, true, view->height()};
}

}  // namespace cambium::engine
