#include "chain/modules/staking/slash.hpp"

#include <algorithm>

#include "chain/modules/bank/bank.hpp"
#include "chain/modules/staking/stake.hpp"

namespace cambium::chain::staking {
namespace {

/// Nothing that began later than this is still on its way: unbonding takes at most 60 days.
constexpr std::int64_t kKeptMs = 61LL * 24 * 3'600'000;
constexpr std::size_t kForgottenAtOnce = 64;

void forget_old(Context& ctx, const Address& validator) {
  std::vector<std::uint64_t> old;
  kSlashes.scan(ctx, kSlashes.prefix(validator), [&](const auto& key, const pb::Slash& slash) {
    if (slash.time_ms() + kKeptMs >= ctx.block().time.value) return ScanStep::stop;
    old.push_back(std::get<1>(key));
    return old.size() < kForgottenAtOnce ? ScanStep::next : ScanStep::stop;
  });
  for (const auto number : old) kSlashes.erase(ctx, {validator, number});
}

}  // namespace

Amount slash(Context& ctx, const SlashOrder& order) {
  auto validator = kValidators.get_or_default(ctx, {order.validator});
  const std::uint64_t fraction = std::min(order.fraction.nano, kNano);
  std::uint64_t burnt = mul_div(validator.tokens_ucbm(), fraction, kNano).value_or(0);
  // While an emergency act has frozen all stake there is nothing to burn; coins on their way still
  // pay when they end.
  if (bank::burn(ctx, stake_account(), bank::coin(burnt)) != TxStatus::ok) burnt = 0;
  pb::Slash record;
  record.set_infraction_height(order.infraction.value);
  record.set_height(ctx.block().height.value);
  record.set_time_ms(ctx.block().time.value);
  record.set_fraction_nano(fraction);
  record.set_burnt_ucbm(burnt);
  record.set_reason(order.reason);
  forget_old(ctx, order.validator);
  kSlashes.put(ctx, {order.validator, validator.slashes()}, record);
  validator.set_slashes(validator.slashes() + 1);
  validator.set_tokens_ucbm(validator.tokens_ucbm() - burnt);
  save(ctx, order.validator, validator);
  ctx.emit("staking.slashed", {{"validator", order.validator.text()},
                               {"reason", order.reason},
                               {"fraction_nano", std::to_string(fraction)},
                               {"burnt_ucbm", std::to_string(burnt)}});
  return {burnt};
}

void jail(Context& ctx, const Address& address, TimeMs until) {
  auto validator = kValidators.get_or_default(ctx, {address});
  const std::int64_t before = validator.jailed() ? validator.jailed_until_ms() : INT64_MIN;
  validator.set_jailed(true);
  validator.set_jailed_until_ms(std::max(before, until.value));
  save(ctx, address, validator);
  ctx.emit("staking.jailed", {{"validator", address.text()},
                              {"until_ms", std::to_string(validator.jailed_until_ms())}});
}

void revoke_key(Context& ctx, const Address& consensus) {
  auto bound = kOperators.get_or_default(ctx, {consensus});
  bound.set_revoked(true);
  kOperators.put(ctx, {consensus}, bound);
  const Address address = to_address(bound.operator_());
  auto validator = kValidators.get_or_default(ctx, {address});
  if (consensus_address(as_bytes(validator.consensus_key())) == consensus) {
    validator.set_key_revoked(true);
    save(ctx, address, validator);
  }
  ctx.emit("staking.key_revoked",
           {{"validator", address.text()}, {"consensus_address", to_hex(consensus)}});
}

}  // namespace cambium::chain::staking
