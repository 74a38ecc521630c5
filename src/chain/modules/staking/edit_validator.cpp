// EditValidator: a validator's description and commission rate, the latter within its promise.
#include "chain/message.hpp"
#include "chain/modules/staking/genesis.hpp"
#include "chain/modules/staking/stake.hpp"

namespace cambium::chain {
namespace {

using namespace staking;

constexpr std::int64_t kDayMs = 24LL * 3'600'000;

TxStatus preflight(const pb::EditValidator& msg) {
  if (!msg.has_description() && !msg.has_commission_rate()) return TxStatus::field_out_of_range;
  return msg.has_description() ? preflight_description(msg.description()) : TxStatus::ok;
}

TxStatus check(const ReadContext& ctx, const pb::EditValidator& msg) {
  const auto validator = kValidators.get(ctx, {to_address(msg.sender())});
  if (!validator) return TxStatus::validator_not_found;
  if (!msg.has_commission_rate()) return TxStatus::ok;
  const auto& promised = validator->commission();
  const std::uint64_t rate = msg.commission_rate().nano();
  if (rate > promised.max_nano()) return TxStatus::commission_above_maximum;
  const std::uint64_t old = promised.rate_nano();
  if ((rate > old ? rate - old : old - rate) > promised.max_change_nano()) {
    return TxStatus::commission_change_too_large;
  }
  const bool today = validator->commission_ms() != 0 &&
                     ctx.block().time.value < validator->commission_ms() + kDayMs;
  return today ? TxStatus::commission_changed_today : TxStatus::ok;
}

TxStatus apply(Context& ctx, const pb::EditValidator& msg) {
  const Address sender = to_address(msg.sender());
  auto validator = kValidators.get_or_default(ctx, {sender});
  if (msg.has_description()) *validator.mutable_description() = msg.description();
  if (msg.has_commission_rate()) {
    validator.mutable_commission()->set_rate_nano(msg.commission_rate().nano());
    validator.set_commission_ms(ctx.block().time.value);
  }
  save(ctx, sender, validator);
  ctx.emit("staking.validator_edited",
           {{"validator", sender.text()},
            {"moniker", validator.description().moniker()},
            {"commission_nano", std::to_string(validator.commission().rate_nano())}});
  return TxStatus::ok;
}

}  // namespace

template <>
MessageHandler handler_of<staking::pb::EditValidator>() {
  return handler<staking::pb::EditValidator>({.base_gas = {5'000}}, {preflight, check, apply});
}

}  // namespace cambium::chain
