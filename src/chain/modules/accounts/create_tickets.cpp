// CreateTickets: nonces set aside for transactions that may come in any order.
#include "chain/message.hpp"
#include "chain/modules/accounts/accounts.hpp"

namespace cambium::chain {
namespace {

using namespace accounts;

TxStatus preflight(const pb::CreateTickets& msg) {
  const bool sound = msg.count() >= 1 && msg.count() <= kMaxOpenTickets;
  return sound ? TxStatus::ok : TxStatus::field_out_of_range;
}

TxStatus check(const ReadContext& ctx, const pb::CreateTickets& msg) {
  const auto account = kAccounts.get_or_default(ctx, {to_address(msg.sender())});
  return account.open_tickets() + msg.count() > kMaxOpenTickets ? TxStatus::too_many_tickets
                                                                : TxStatus::ok;
}

TxStatus apply(Context& ctx, const pb::CreateTickets& msg) {
  const Address sender = to_address(msg.sender());
  auto account = kAccounts.get_or_default(ctx, {sender});
  pb::Ticket ticket;
  ticket.set_height(ctx.block().height.value);
  // The transaction's own nonce is below these, so no ticket has number 0.
  const std::uint64_t first = std::max<std::uint64_t>(account.nonce(), 1);
  for (std::uint32_t i = 0; i < msg.count(); ++i) kTickets.put(ctx, {sender, first + i}, ticket);
  account.set_nonce(first + msg.count());
  account.set_open_tickets(account.open_tickets() + msg.count());
  kAccounts.put(ctx, {sender}, account);
  ctx.emit("accounts.tickets_created", {{"account", sender.text()},
                                        {"first", std::to_string(first)},
                                        {"count", std::to_string(msg.count())}});
  return TxStatus::ok;
}

}  // namespace

template <>
MessageHandler handler_of<accounts::pb::CreateTickets>() {
  return handler<accounts::pb::CreateTickets>({.base_gas = {2'000}}, {preflight, check, apply});
}

}  // namespace cambium::chain
