#include "chain/modules/evaluation/invariants.hpp"

#include "base/amount.hpp"
#include "chain/modules/bank/bank.hpp"
#include "chain/modules/evaluation/evaluation.hpp"

namespace cambium::chain::evaluation {
namespace {

class BondCheck final : public InvariantCheck {
 public:
  void visit(const state::Change& change) override {
    if (change.key[0] == kEvaluationPrefix) {
      if (change.after) bonds_in_ += decltype(kEvaluators)::decoded(*change.after).bond_ucbm();
      if (change.before) bonds_out_ += decltype(kEvaluators)::decoded(*change.before).bond_ucbm();
    } else if (equal(change.key, bank::kBalances.key({bonds_account(), bank::kUcbm}))) {
      if (change.after) held_in_ += decltype(bank::kBalances)::decoded(*change.after).amount();
      if (change.before) held_out_ += decltype(bank::kBalances)::decoded(*change.before).amount();
    }
  }
  std::optional<std::string> finalize(const InvariantScope&) override {
    if (bonds_in_ + held_out_ == held_in_ + bonds_out_) return std::nullopt;
    return "evaluators' bonds and the account that holds them moved apart";
  }

 private:
  u128 bonds_in_ = 0, bonds_out_ = 0, held_in_ = 0, held_out_ = 0;
};

}  // namespace

Invariant bonds_are_held() {
  return invariant<BondCheck>("evaluation.bonds_are_held",
                              {kEvaluators.id(), bank::kBalances.id()});
}

}  // namespace cambium::chain::evaluation
