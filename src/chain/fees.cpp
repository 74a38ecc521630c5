#include "chain/fees.hpp"

#include <algorithm>

namespace cambium::chain {
namespace {

constexpr Ratio kBurntShare = percent(1);

Amount burnt_part(Amount amount) { return scale(amount, kBurntShare).value_or(Amount{}); }

}  // namespace

Amount base_cost(Gas gas, std::uint64_t base_fee_nano_ucbm) {
  const u128 nano = u128(gas.value) * base_fee_nano_ucbm;
  const u128 ucbm = (nano + kNano - 1) / kNano;
  return {ucbm > UINT64_MAX ? UINT64_MAX : static_cast<std::uint64_t>(ucbm)};
}

FeeSplit split_fee(const FeeOffer& offer, std::uint64_t base_fee_nano_ucbm) {
  const Amount base = base_cost(offer.used, base_fee_nano_ucbm);
  const Amount whole_base = base_cost(offer.limit, base_fee_nano_ucbm);
  // The tip is offered per unit of gas, so that unused gas is refunded with its tip.
  const std::uint64_t offered_tip = offer.amount.ucbm - whole_base.ucbm;
  const Amount tip{mul_div(offered_tip, offer.used.value, offer.limit.value).value_or(0)};
  const Amount base_burnt = burnt_part(base);
  const Amount tip_burnt = burnt_part(tip);
  return {.burnt = {base_burnt.ucbm + tip_burnt.ucbm},
          .staking_pool = {base.ucbm - base_burnt.ucbm},
          .proposer = {tip.ucbm - tip_burnt.ucbm},
          .refund = {offer.amount.ucbm - base.ucbm - tip.ucbm}};
}

std::uint64_t next_base_fee(std::uint64_t base_fee_nano_ucbm, Gas block_used,
                            const v1::Params& params) {
  constexpr std::uint64_t kSteps = 8;  // 12.5 %
  const std::uint64_t target = std::max<std::uint64_t>(params.block_gas_limit() / 2, 1);
  const std::uint64_t used = std::min(block_used.value, 2 * target);
  const std::uint64_t gap = used > target ? used - target : target - used;
  const u128 move = u128(base_fee_nano_ucbm) * gap / target / kSteps;
  const auto step = static_cast<std::uint64_t>(move);
  const std::uint64_t moved = used > target ? base_fee_nano_ucbm + std::max<std::uint64_t>(step, 1)
                                            : base_fee_nano_ucbm - step;
  return std::max(moved, params.min_base_fee_nano_ucbm());
}

}  // namespace cambium::chain
