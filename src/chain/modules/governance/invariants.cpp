#include "chain/modules/governance/invariants.hpp"

#include "chain/modules/bank/bank.hpp"
#include "chain/modules/governance/governance.hpp"

namespace cambium::chain::governance {
namespace {

__extension__ using i128 = __int128;  // differences of sums of 64-bit amounts

bool is_of(const state::Change& change, TableId id) {
  return change.key[0] == id.module && change.key[1] == id.table;
}

template <class Table, class Read>
i128 moved(const Table&, const state::Change& change, Read read) {
  i128 sum = 0;
  if (change.after) sum += read(Table::decoded(*change.after));
  if (change.before) sum -= read(Table::decoded(*change.before));
  return sum;
}

class HoldsCheck final : public InvariantCheck {
 public:
  void visit(const state::Change& change) override {
    if (is_of(change, kDeposits.id())) {
      deposits_ += moved(kDeposits, change, [](const auto& r) { return i128(r.amount_ucbm()); });
    } else if (is_of(change, kYears.id())) {
      shares_ += moved(kYears, change, [](const auto& r) { return i128(r.left_ucbm()); });
    } else if (is_of(change, kTotals.id())) {
      deposits_ -= moved(kTotals, change, [](const auto& r) { return i128(r.deposits_ucbm()); });
      shares_ -= moved(kTotals, change, [](const auto& r) { return i128(r.shares_ucbm()); });
    }
  }

  std::optional<std::string> finalize(const InvariantScope& scope) override {
    if (deposits_ != 0) return "the deposits do not add up to their total";
    if (shares_ != 0) return "the years' shares do not add up to their total";
    const auto record = scope.after.get(kTotals.key({}));
    if (!record) return std::nullopt;
    const auto totals = decltype(kTotals)::decoded(*record);
    const auto balance = scope.after.get(bank::kBalances.key({governance_account(), bank::kUcbm}));
    const u128 held = balance ? decltype(bank::kBalances)::decoded(*balance).amount() : 0;
    if (held < u128(totals.deposits_ucbm()) + totals.shares_ucbm()) {
      return "the governance account holds less than deposits and shares";
    }
    return std::nullopt;
  }

 private:
  i128 deposits_ = 0;
  i128 shares_ = 0;
};

}  // namespace

Invariant holds_what_it_owes() {
  return invariant<HoldsCheck>(
      "governance.holds_what_it_owes",
      {bank::kBalances.id(), kDeposits.id(), kYears.id(), kTotals.id()});
}

}  // namespace cambium::chain::governance
