// UnbondEvaluator: leaves the evaluators and takes back what is left of the bond.
#include "chain/message.hpp"
#include "chain/modules/bank/bank.hpp"
#include "chain/modules/evaluation/evaluation.hpp"

namespace cambium::chain {
namespace {

using namespace evaluation;

TxStatus preflight(const pb::UnbondEvaluator&) { return TxStatus::ok; }

TxStatus check(const ReadContext& ctx, const pb::UnbondEvaluator& msg) {
  const auto evaluator = kEvaluators.get(ctx, {to_address(msg.sender())});
  if (!evaluator) return TxStatus::not_an_evaluator;
  return evaluator->open_seats() > 0 ? TxStatus::seat_open : TxStatus::ok;
}

TxStatus apply(Context& ctx, const pb::UnbondEvaluator& msg) {
  const auto account = to_address(msg.sender());
  const auto bond = kEvaluators.get_or_default(ctx, {account}).bond_ucbm();
  kEvaluators.erase(ctx, {account});
  ctx.emit("evaluation.unbonded", {{"account", account.text()}});
  return bank::transfer(ctx, {bonds_account(), account, bank::coin(bond)});
}

}  // namespace

template <>
MessageHandler handler_of<evaluation::pb::UnbondEvaluator>() {
  return handler<evaluation::pb::UnbondEvaluator>({.base_gas = {2'000}},
                                                  {preflight, check, apply});
}

}  // namespace cambium::chain
