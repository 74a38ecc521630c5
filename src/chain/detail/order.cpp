#include "chain/detail/order.hpp"

#include "base/planted_bug.hpp"
#include "chain/modules/accounts/accounts.hpp"

namespace cambium::chain::detail {
namespace {

using namespace accounts;

std::tuple<std::uint64_t, TxId> seen_key(const Tx& tx) {
  return {static_cast<std::uint64_t>(tx.body.timeout_ms()), tx.id};
}

TxStatus unordered(const ReadContext& ctx, const Tx& tx) {
  if (tx.body.timeout_ms() > ctx.block().time.value + kUnorderedWindowMs) {
    return TxStatus::unordered_window;
  }
  return kSeen.has(ctx, seen_key(tx)) ? TxStatus::unordered_seen : TxStatus::ok;
}

}  // namespace

TxStatus may_come_now(const ReadContext& ctx, const Tx& tx) {
  const std::uint64_t timeout = tx.body.timeout_height();
  if (timeout != 0 && ctx.block().height.value > timeout) return TxStatus::expired;
  if (tx.body.timeout_ms() != 0 && ctx.block().time.value > tx.body.timeout_ms()) {
    return TxStatus::expired;
  }
  if (tx.body.unordered()) return unordered(ctx, tx);
  const Address& sender = tx.signers.front();
  if (tx.body.ticket() != 0) {
    return kTickets.has(ctx, {sender, tx.body.ticket()}) ? TxStatus::ok
                                                         : TxStatus::ticket_not_open;
  }
  const Nonce expected = next_nonce(ctx, sender);
  if (tx.body.nonce() < expected.value) return TxStatus::nonce_too_low;
  return tx.body.nonce() > expected.value ? TxStatus::nonce_too_high : TxStatus::ok;
}

void mark_come(Context& ctx, const Tx& tx) {
  const Address& sender = tx.signers.front();
  if (planted(PlantedBug::nonce_not_used)) return;
  if (tx.body.unordered()) {
    pb::SeenTx seen;
    seen.set_height(ctx.block().height.value);
    kSeen.put(ctx, seen_key(tx), seen);
  } else if (tx.body.ticket() != 0) {
    kTickets.erase(ctx, {sender, tx.body.ticket()});
    auto account = kAccounts.get_or_default(ctx, {sender});
    account.set_open_tickets(account.open_tickets() - 1);
    kAccounts.put(ctx, {sender}, account);
  } else {
    use_nonce(ctx, sender);
  }
}

}  // namespace cambium::chain::detail
