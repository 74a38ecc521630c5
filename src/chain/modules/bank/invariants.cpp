#include "chain/modules/bank/invariants.hpp"

#include <fmt/format.h>

namespace cambium::chain::bank {

void SupplyConserved::visit(const state::Change& change) {
  if (TableId{change.key[0], change.key[1]} == kSupplies.id()) {
    auto& totals = by_denom_[std::get<0>(kSupplies.parse(change.key))];
    if (change.before) totals.supply -= kSupplies.decoded(*change.before).total();
    if (change.after) totals.supply += kSupplies.decoded(*change.after).total();
    return;
  }
  auto& totals = by_denom_[std::get<1>(kBalances.parse(change.key))];
  if (change.before) totals.balances -= kBalances.decoded(*change.before).amount();
  if (change.after) totals.balances += kBalances.decoded(*change.after).amount();
}

std::optional<std::string> SupplyConserved::finalize(const InvariantScope& scope) {
  for (const auto& [denom, totals] : by_denom_) {
    if (totals.balances != totals.supply) {
      return fmt::format("balances of {} changed by another amount than their supply", denom);
    }
    if (totals.supply > 0 && !scope.privileges.may_mint) {
      return fmt::format("{} was minted without the privilege", denom);
    }
    if (totals.supply < 0 && !scope.privileges.may_burn) {
      return fmt::format("{} was burnt without the privilege", denom);
    }
  }
  return std::nullopt;
}

void BalancesSound::visit(const state::Change& change) {
  if (!change.after) return;
  if (TableId{change.key[0], change.key[1]} == kSupplies.id()) {
    const auto supply = kSupplies.decoded(*change.after);
    if (supply.total() + supply.burnt() != supply.minted()) {
      evidence_ = "a supply is not what was minted less what was burnt";
    }
    return;
  }
  const auto balance = kBalances.decoded(*change.after);
  if (balance.held() > balance.amount()) evidence_ = "more is held than the account owns";
  if (balance.amount() == 0) evidence_ = "an empty balance was kept";
}

}  // namespace cambium::chain::bank
