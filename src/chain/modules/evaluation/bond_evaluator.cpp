// BondEvaluator: joins those who may be drawn into committees.
#include "chain/message.hpp"
#include "chain/modules/bank/bank.hpp"
#include "chain/modules/evaluation/evaluation.hpp"

namespace cambium::chain {
namespace {

using namespace evaluation;

TxStatus preflight(const pb::BondEvaluator&) { return TxStatus::ok; }

TxStatus check(const ReadContext& ctx, const pb::BondEvaluator& msg) {
  const auto account = to_address(msg.sender());
  if (kEvaluators.has(ctx, {account})) return TxStatus::bond_exists;
  const auto bond = kEvaluationParams.get_or_default(ctx, {}).evaluator_bond_ucbm();
  return bank::spendable(ctx, {account, bank::kUcbm}) < bond ? TxStatus::insufficient_funds
                                                              : TxStatus::ok;
}

TxStatus apply(Context& ctx, const pb::BondEvaluator& msg) {
  const auto account = to_address(msg.sender());
  const auto bond = kEvaluationParams.get_or_default(ctx, {}).evaluator_bond_ucbm();
  TRY_TX(bank::transfer(ctx, {account, bonds_account(), bank::coin(bond)}));
  pb::Evaluator evaluator;
  evaluator.set_account(msg.sender());
  evaluator.set_bond_ucbm(bond);
  kEvaluators.put(ctx, {account}, evaluator);
  ctx.emit("evaluation.bonded", {{"account", account.text()}});
  return TxStatus::ok;
}

}  // namespace

template <>
MessageHandler handler_of<evaluation::pb::BondEvaluator>() {
  return handler<evaluation::pb::BondEvaluator>({.base_gas = {2'000}}, {preflight, check, apply});
}

}  // namespace cambium::chain
