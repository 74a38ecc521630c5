#include "chain/modules/accounts/invariants.hpp"

namespace cambium::chain::accounts {
namespace {

TableId table_of(const state::Change& change) { return {change.key[0], change.key[1]}; }

/// +1 when an entry appeared, -1 when one went, 0 when it only changed.
std::int64_t appeared(const state::Change& change) {
  return (change.after ? 1 : 0) - (change.before ? 1 : 0);
}

}  // namespace

void NonceMovesForward::visit(const state::Change& change) {
  if (!change.after) {
    evidence_ = "an account record was erased";
    return;
  }
  const auto before = change.before ? kAccounts.decoded(*change.before).nonce() : 0;
  const auto after = kAccounts.decoded(*change.after).nonce();
  if (after < before || after > before + kMaxOpenTickets + 1) {
    evidence_ = "a nonce moved back, or by more than a message may reserve";
  }
}

void TicketsCounted::visit(const state::Change& change) {
  if (table_of(change) == kTickets.id()) {
    counted_minus_there_[std::get<0>(kTickets.parse(change.key))] -= appeared(change);
    return;
  }
  auto& count = counted_minus_there_[std::get<0>(kAccounts.parse(change.key))];
  if (change.before) count -= kAccounts.decoded(*change.before).open_tickets();
  if (change.after) count += kAccounts.decoded(*change.after).open_tickets();
}

std::optional<std::string> TicketsCounted::finalize(const InvariantScope&) {
  for (const auto& [account, difference] : counted_minus_there_) {
    if (difference != 0) return account.text() + " counts other tickets than it has";
  }
  return std::nullopt;
}

void GrantsFindable::visit(const state::Change& change) {
  (table_of(change) == kGrants.id() ? grants_ : refs_) += appeared(change);
}

std::optional<std::string> GrantsFindable::finalize(const InvariantScope&) {
  if (grants_ == refs_) return std::nullopt;
  return "a grant and the entry that finds it did not come or go together";
}

}  // namespace cambium::chain::accounts
