// Rules about coins that hold whoever wrote the handler.
#pragma once

#include <map>

#include "chain/invariant.hpp"
#include "chain/modules/bank/bank.hpp"

namespace cambium::chain::bank {

__extension__ using i128 = __int128;  // differences of 64-bit amounts, summed

/// For every denomination the balances change by exactly as much as the supply, and the supply
/// rises or falls only for who declared that.
class SupplyConserved : public InvariantCheck {
 public:
  void visit(const state::Change& change) override;
  std::optional<std::string> finalize(const InvariantScope& scope) override;

 private:
  struct Totals {
    i128 balances = 0;
    i128 supply = 0;
  };
  std::map<std::string, Totals> by_denom_;
};

/// Nothing is held that is not there, no empty record is kept, supply = minted - burnt.
class BalancesSound : public InvariantCheck {
 public:
  void visit(const state::Change& change) override;
  std::optional<std::string> finalize(const InvariantScope&) override { return evidence_; }

 private:
  std::optional<std::string> evidence_;
};

}  // namespace cambium::chain::bank
