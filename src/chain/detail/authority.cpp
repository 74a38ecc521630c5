#include "chain/detail/authority.hpp"

#include <algorithm>
#include <optional>

#include "chain/modules/accounts/accounts.hpp"
#include "chain/modules/bank/bank.hpp"

namespace cambium::chain::detail {
namespace {

using accounts::Deputy;

/// The grant that message `i` leans on; nothing when its sender signed for itself.
std::optional<Deputy> deputy_of(const Tx& tx, std::size_t i) {
  if (tx.body.actor().empty()) return std::nullopt;
  const Address sender = to_address(sender_field(*tx.messages[i]));
  if (sender == tx.signers.front()) return std::nullopt;
  return Deputy{sender, tx.signers.front(), short_name(*tx.handlers[i]->descriptor)};
}

TxStatus sponsored(const ReadContext& ctx, const Tx& tx) {
  if (tx.body.fee().sponsor().empty()) return TxStatus::ok;
  const auto allowance = accounts::kAllowances.get(ctx, {tx.payer, tx.signers.front()});
  if (!allowance || allowance->left_ucbm() < tx.body.fee().amount_ucbm()) {
    return TxStatus::no_allowance;
  }
  if (allowance->expires_ms() != 0 && ctx.block().time.value > allowance->expires_ms()) {
    return TxStatus::no_allowance;
  }
  const auto& names = allowance->messages();
  const bool covered = names.empty() || std::ranges::all_of(tx.handlers, [&](const auto* handler) {
    return std::ranges::find(names, short_name(*handler->descriptor)) != names.end();
  });
  return covered ? TxStatus::ok : TxStatus::no_allowance;
}

}  // namespace

TxStatus authorised(const ReadContext& ctx, const Tx& tx) {
  for (std::size_t i = 0; i < tx.messages.size(); ++i) {
    const auto deputy = deputy_of(tx, i);
    if (deputy && !accounts::live_grant(ctx, *deputy)) return TxStatus::no_grant;
  }
  return sponsored(ctx, tx);
}

GrantMeter::GrantMeter(const ReadContext& ctx, const Tx& tx, std::size_t i)
    : tx_(tx), message_(i) {
  const auto deputy = deputy_of(tx, i);
  if (!deputy) return;
  used_up_ = !accounts::live_grant(ctx, *deputy);  // by an earlier message of the transaction
  before_ = bank::spendable(ctx, {deputy->granter});
}

TxStatus GrantMeter::charge(Context& ctx) const {
  const auto deputy = deputy_of(tx_, message_);
  if (!deputy) return TxStatus::ok;
  if (used_up_) return TxStatus::grant_overspent;
  const std::uint64_t after = bank::spendable(ctx, {deputy->granter});
  return accounts::use_grant(ctx, *deputy, {before_ > after ? before_ - after : 0});
}

void charge_sponsor(Context& ctx, const Tx& tx, Amount charged) {
  if (tx.body.fee().sponsor().empty()) return;
  const Address& grantee = tx.signers.front();
  auto allowance = accounts::kAllowances.get(ctx, {tx.payer, grantee});
  if (!allowance) return;  // one of the messages ended it
  allowance->set_left_ucbm(allowance->left_ucbm() - std::min(allowance->left_ucbm(), charged.ucbm));
  if (allowance->left_ucbm() == 0) {
    accounts::kAllowances.erase(ctx, {tx.payer, grantee});
  } else {
    accounts::kAllowances.put(ctx, {tx.payer, grantee}, *allowance);
  }
}

}  // namespace cambium::chain::detail
