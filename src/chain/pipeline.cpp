#include "chain/pipeline.hpp"

#include "chain/detail/authority.hpp"
#include "chain/detail/gates.hpp"
#include "chain/detail/invariants.hpp"
#include "chain/detail/order.hpp"
#include "chain/fees.hpp"
#include "chain/modules/accounts/accounts.hpp"
#include "chain/modules/bank/bank.hpp"
#include "chain/records.hpp"

namespace cambium::chain {
namespace {

constexpr std::int64_t kHourMs = 3'600'000;
constexpr Gas kUnmetered{UINT64_MAX};
const Address& fee_account() {
  static const Address address = module_address("fees");
  return address;
}

/// One transaction on its way; each step returns the status that ends it.
class TxRun {
 public:
  TxRun(const Registry& registry, state::Overlay& overlay, Environment env, const Tx& tx)
      : registry_(registry), overlay_(overlay), env_(env), tx_(tx),
        gas_({tx.body.fee().gas_limit()}), start_(overlay.mark()) {
    env_.registry = &registry;
  }

  Execution run();

 private:
  TxStatus take_fee();
  TxStatus apply_messages();
  TxStatus apply_message(std::size_t i);
  TxStatus settle_fee();
  void use_free_lane(Context& ctx);
  bool holds(state::Overlay::Mark since, Privileges privileges);
  Execution dropped(TxStatus status);

  const Registry& registry_;
  state::Overlay& overlay_;
  Environment env_;
  const Tx& tx_;
  GasMeter gas_;
  state::Overlay::Mark start_;
  Execution out_;
};

Execution TxRun::dropped(TxStatus status) {
  overlay_.rollback(start_);
  out_.result.Clear();
  out_.result.set_status(static_cast<std::uint32_t>(status));
  out_.included = false;
  return std::move(out_);
}

bool TxRun::holds(state::Overlay::Mark since, Privileges privileges) {
  auto broken = detail::violations(registry_, overlay_.diff_since(since), {privileges, overlay_});
  for (auto& evidence : broken) out_.violations.push_back(std::move(evidence));
  return broken.empty();
}

void TxRun::use_free_lane(Context& ctx) {
  const auto hour = static_cast<std::uint64_t>(env_.block.time.value / kHourMs);
  for (std::size_t i = 0; i < tx_.messages.size(); ++i) {
    const auto& name = short_name(*tx_.handlers[i]->descriptor);
    const Address sender = to_address(sender_field(*tx_.messages[i]));
    auto use = kLaneUses.get_or_default(ctx, {sender, name});
    use.set_used(use.hour() == hour ? use.used() + 1 : 1);
    use.set_hour(hour);
    kLaneUses.put(ctx, {sender, name}, use);
  }
}

/// Nonce, key binding and the whole offered fee: what stays when the messages fail.
TxStatus TxRun::take_fee() {
  GasMeter unmetered(kUnmetered);
  Context ctx(overlay_, env_, unmetered);
  for (std::size_t i = 0; i < tx_.signers.size(); ++i) {
    accounts::bind(ctx, {tx_.signers[i], detail::signer_key(tx_, i)});
  }
  detail::mark_come(ctx, tx_);
  if (tx_.zero_fee) {
    use_free_lane(ctx);
    return TxStatus::ok;
  }
  const auto offer = bank::coin(tx_.body.fee().amount_ucbm());
  return bank::transfer(ctx, {tx_.payer, fee_account(), offer});
}

TxStatus TxRun::apply_message(std::size_t i) {
  const MessageHandler& handler = *tx_.handlers[i];
  const auto before = overlay_.mark();
  Context ctx(overlay_, env_, gas_);
  ctx.set_privileges(handler.meta.privileges);
  gas_.charge(handler.meta.base_gas.value);
  if (gas_.exhausted()) return TxStatus::out_of_gas;
  TRY_TX(handler.check(ctx, *tx_.messages[i]));
  if (gas_.exhausted()) return TxStatus::out_of_gas;
  const detail::GrantMeter grant(ctx, tx_, i);
  TRY_TX(handler.apply(ctx, *tx_.messages[i]));
  TRY_TX(grant.charge(ctx));
  if (gas_.exhausted()) return TxStatus::out_of_gas;
  if (!holds(before, ctx.allowed())) return TxStatus::invariant_violated;
  for (auto& event : ctx.events()) *out_.result.add_events() = std::move(event);
  return TxStatus::ok;
}

TxStatus TxRun::apply_messages() {
  gas_.charge(kGasPerTxByte * tx_.bytes + kGasPerSignature * signature_count(tx_));
  if (gas_.exhausted()) return TxStatus::out_of_gas;
  for (std::size_t i = 0; i < tx_.messages.size(); ++i) {
    if (const TxStatus status = apply_message(i); status != TxStatus::ok) {
      out_.result.set_failed_message(static_cast<std::uint32_t>(i + 1));
      return status;
    }
  }
  return TxStatus::ok;
}

TxStatus TxRun::settle_fee() {
  out_.result.set_gas_used(gas_.used().value);
  if (tx_.zero_fee) return TxStatus::ok;
  GasMeter unmetered(kUnmetered);
  Context ctx(overlay_, env_, unmetered);
  ctx.set_privileges({.may_burn = true});
  const auto base_fee = kFeeMarket.get_or_default(ctx, {}).base_fee_nano_ucbm();
  const FeeSplit split = split_fee(
      {{tx_.body.fee().amount_ucbm()}, gas_.limit(), gas_.used()}, base_fee);
  const auto pay = [&](const Address& to, Amount amount) {
    return bank::transfer(ctx, {fee_account(), to, bank::coin(amount)});
  };
  TRY_TX(bank::burn(ctx, fee_account(), bank::coin(split.burnt)));
  TRY_TX(pay(module_address("staking_pool"), split.staking_pool));
  TRY_TX(pay(env_.block.proposer, split.proposer));
  TRY_TX(pay(tx_.payer, split.refund));
  detail::charge_sponsor(ctx, tx_, split.charged());
  out_.result.set_fee_ucbm(split.charged().ucbm);
  out_.result.set_burnt_ucbm(split.burnt.ucbm);
  return TxStatus::ok;
}

Execution TxRun::run() {
  GasMeter unmetered(kUnmetered);
  const TxStatus gate = detail::gates(ReadContext(overlay_, env_, unmetered), tx_);
  if (gate != TxStatus::ok) return dropped(gate);
  if (const TxStatus fee = take_fee(); fee != TxStatus::ok) return dropped(fee);
  if (!holds(start_, {})) return dropped(TxStatus::invariant_violated);

  const auto paid = overlay_.mark();
  const TxStatus status = apply_messages();
  if (status != TxStatus::ok) {
    // Nobody paid for a free-lane message, so its failure leaves no trace at all.
    if (tx_.zero_fee) return dropped(status);
    overlay_.rollback(paid);
    out_.result.clear_events();
  }
  const auto settling = overlay_.mark();
  if (const TxStatus fee = settle_fee(); fee != TxStatus::ok) return dropped(fee);
  if (!holds(settling, {.may_burn = true})) return dropped(TxStatus::invariant_violated);
  out_.result.set_status(static_cast<std::uint32_t>(status));
  out_.included = true;
  out_.diff = overlay_.diff_since(start_);
  return std::move(out_);
}

}  // namespace

TxStatus admit(const state::View& state, Environment env, const Tx& tx) {
  env.registry = tx.registry;
  GasMeter unmetered(kUnmetered);
  return detail::gates(ReadContext(state, env, unmetered), tx);
}

Execution execute_tx(const Registry& registry, state::Overlay& overlay, Environment env,
                     const Tx& tx) {
  return TxRun(registry, overlay, env, tx).run();
}

}  // namespace cambium::chain
