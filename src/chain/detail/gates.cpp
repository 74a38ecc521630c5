#include "chain/detail/gates.hpp"

#include "chain/detail/authority.hpp"
#include "chain/detail/order.hpp"
#include "chain/fees.hpp"
#include "chain/key_proto.hpp"
#include "chain/modules/accounts/accounts.hpp"
#include "chain/modules/bank/bank.hpp"
#include "chain/records.hpp"

namespace cambium::chain::detail {
namespace {

constexpr std::int64_t kHourMs = 3'600'000;

TxStatus limits(const v1::Params& params, const Tx& tx) {
  if (tx.bytes > params.max_tx_bytes()) return TxStatus::too_large;
  if (tx.body.fee().gas_limit() > params.tx_gas_limit()) return TxStatus::gas_limit_out_of_range;
  for (const auto* handler : tx.handlers) {
    if (handler->meta.since > params.rules_version()) return TxStatus::not_active_yet;
  }
  return TxStatus::ok;
}

TxStatus keys(const ReadContext& ctx, const Tx& tx) {
  for (std::size_t i = 0; i < tx.signers.size(); ++i) {
    if (!accounts::owns(ctx, {tx.signers[i], signer_key(tx, i)})) return TxStatus::key_mismatch;
  }
  return TxStatus::ok;
}

/// Switched off by an emergency act, alone or with everything else.
TxStatus breakers(const ReadContext& ctx, const Tx& tx) {
  const bool paused = broken(ctx, kPauseAll);
  for (const auto* handler : tx.handlers) {
    if (paused && !handler->meta.during_pause) return TxStatus::circuit_broken;
    if (broken(ctx, short_name(*handler->descriptor))) return TxStatus::circuit_broken;
  }
  return TxStatus::ok;
}

/// A zero-fee message is checked before it is let in: a failing one could not be charged.
TxStatus free_lane(const ReadContext& ctx, const Tx& tx) {
  const auto hour = static_cast<std::uint64_t>(ctx.block().time.value / kHourMs);
  for (std::size_t i = 0; i < tx.messages.size(); ++i) {
    const Address sender = to_address(sender_field(*tx.messages[i]));
    const auto& handler = *tx.handlers[i];
    const auto use = kLaneUses.get_or_default(ctx, {sender, short_name(*handler.descriptor)});
    if (use.hour() == hour && use.used() >= handler.meta.free_per_hour) {
      return TxStatus::lane_quota_spent;
    }
    TRY_TX(handler.check(ctx, *tx.messages[i]));
  }
  return TxStatus::ok;
}

TxStatus fee(const ReadContext& ctx, const Tx& tx) {
  const auto& offer = tx.body.fee();
  const auto base = kFeeMarket.get_or_default(ctx, {}).base_fee_nano_ucbm();
  if (Amount{offer.amount_ucbm()} < base_cost({offer.gas_limit()}, base)) {
    return TxStatus::fee_too_low;
  }
  const auto available = bank::spendable(ctx, {tx.payer});
  return available < offer.amount_ucbm() ? TxStatus::fee_unpayable : TxStatus::ok;
}

}  // namespace

crypto::PublicKey signer_key(const Tx& tx, std::size_t i) {
  return key_from_proto(tx.raw.signatures(static_cast<int>(i)).key());
}

TxStatus gates(const ReadContext& ctx, const Tx& tx) {
  TRY_TX(limits(kParams.get_or_default(ctx, {}), tx));
  TRY_TX(keys(ctx, tx));
  TRY_TX(may_come_now(ctx, tx));
  TRY_TX(breakers(ctx, tx));
  TRY_TX(authorised(ctx, tx));
  return tx.zero_fee ? free_lane(ctx, tx) : fee(ctx, tx);
}

}  // namespace cambium::chain::detail
