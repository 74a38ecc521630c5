#include "chain/modules/staking/genesis.hpp"

#include <fmt/format.h>

#include "chain/modules/staking/active_set.hpp"
#include "chain/modules/staking/create.hpp"

namespace cambium::chain::staking {
namespace {

constexpr std::int64_t kHourMs = 3'600'000;
constexpr std::int64_t kDayMs = 24 * kHourMs;
constexpr std::uint64_t kPercent = kNano / 100;

Status refuse(std::size_t index, std::string_view why) {
  return fail(ErrorCode::invalid_input,
              fmt::format("genesis of staking: validator {}: {}", index, why));
}

Status add_validator(Context& ctx, const pb::GenesisValidator& first, std::size_t index) {
  if (!is_address(first.operator_())) return refuse(index, "its operator is not 20 bytes");
  if (!is_hash(first.consensus_key())) return refuse(index, "its consensus key is not 32 bytes");
  if (preflight_commission(first.commission()) != TxStatus::ok) {
    return refuse(index, "commission needs rate <= max <= 1 and max_change <= max");
  }
  if (preflight_description(first.description()) != TxStatus::ok) {
    return refuse(index, "its description needs a moniker of 1 to 64 bytes and short texts");
  }
  const NewValidator made{to_address(first.operator_()), first.consensus_key(),
                          first.self_bond_ucbm(), first.commission(), first.description()};
  if (const TxStatus status = check_new(ctx, made); status != TxStatus::ok) {
    return refuse(index, explain(status).what);
  }
  const TxStatus status = create(ctx, made);
  return status == TxStatus::ok ? Status{} : refuse(index, explain(status).what);
}

}  // namespace

void fill_defaults(pb::Params& p) {
  if (p.entry_ucbm() == 0) p.set_entry_ucbm(cbm(10'000).ucbm);
  if (p.validator_ucbm() == 0) p.set_validator_ucbm(cbm(100'000).ucbm);
  if (p.supernode_ucbm() == 0) p.set_supernode_ucbm(cbm(1'000'000).ucbm);
  if (p.lock_ms() == 0) p.set_lock_ms(30 * kDayMs);
  if (p.unbonding_ms() == 0) p.set_unbonding_ms(21 * kDayMs);
  if (p.max_validators() == 0) p.set_max_validators(100);
  if (p.max_entries() == 0) p.set_max_entries(7);
  if (p.epoch_reward_ucbm() == 0) p.set_epoch_reward_ucbm(cbm(1'000).ucbm);
  if (p.yield_nano() == 0) p.set_yield_nano(8 * kPercent);
}

std::optional<std::string> why_not(const pb::Params&, const pb::Params& p) {
  if (p.entry_ucbm() == 0 || p.entry_ucbm() > p.validator_ucbm() ||
      p.validator_ucbm() > p.supernode_ucbm()) {
    return "levels must rise: 0 < entry_ucbm <= validator_ucbm <= supernode_ucbm";
  }
  if (p.unbonding_ms() < kHourMs || p.unbonding_ms() > 60 * kDayMs) {
    return "unbonding_ms must be one hour to 60 days";
  }
  if (p.lock_ms() < p.unbonding_ms() || p.lock_ms() > 365 * kDayMs) {
    return "lock_ms must be unbonding_ms to one year";
  }
  if (p.max_validators() == 0 || p.max_validators() > 500) return "max_validators must be 1 to 500";
  if (p.max_entries() == 0 || p.max_entries() > 32) return "max_entries must be 1 to 32";
  if (p.yield_nano() > kNano || p.min_uptime_nano() > kNano) {
    return "yield_nano and min_uptime_nano are at most one (1000000000)";
  }
  return std::nullopt;
}

Status init_genesis(Context& ctx, const pb::Genesis& genesis) {
  auto params = genesis.params();
  fill_defaults(params);
  if (const auto reason = why_not(params, params)) {
    return fail(ErrorCode::invalid_input, "genesis of staking: " + *reason);
  }
  kStakingParams.put(ctx, {}, params);
  pb::Epoch epoch;
  epoch.set_genesis_time_ms(ctx.block().time.value);
  epoch.set_start_height(ctx.block().height.value + 1);
  kEpoch.put(ctx, {}, epoch);
  for (int i = 0; i < genesis.validators_size(); ++i) {
    TRY_STATUS(add_validator(ctx, genesis.validators(i), std::size_t(i)));
  }
  update_active_set(ctx);
  return {};
}

}  // namespace cambium::chain::staking
