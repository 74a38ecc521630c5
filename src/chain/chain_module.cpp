#include "chain/modules/modules.hpp"
#include "chain/records.hpp"
#include "chain/upgrade.hpp"

namespace cambium::chain {
namespace {

Result<v1::FeeMarket> fee_market(const ReadContext& ctx, const v1::FeeMarket&) {
  return kFeeMarket.get_or_default(ctx, {});
}
Bytes fee_market_key(const v1::FeeMarket&) { return kFeeMarket.key({}); }

Result<v1::Params> params(const ReadContext& ctx, const v1::Params&) {
  return kParams.get_or_default(ctx, {});
}
Bytes params_key(const v1::Params&) { return kParams.key({}); }

Result<v1::UpgradesReply> upgrades(const ReadContext& ctx, const v1::UpgradesRequest&) {
  v1::UpgradesReply reply;
  kUpgrades.scan(ctx, kUpgrades.prefix(), [&](const auto&, const v1::Upgrade& upgrade) {
    *reply.add_items() = upgrade;
    return ScanStep::next;
  });
  reply.set_rules_version(kParams.get_or_default(ctx, {}).rules_version());
  reply.set_newest_rules(kNewestRules);
  return reply;
}

std::optional<std::string> why_not(const v1::Params& before, const v1::Params& after) {
  if (after.rules_version() != before.rules_version()) {
    return "rules_version moves by an upgrade at a height, not as a parameter";
  }
  if (after.tx_gas_limit() < 1'000'000) return "tx_gas_limit below 1000000 would stop the chain";
  if (after.block_gas_limit() < after.tx_gas_limit()) return "a block must hold one transaction";
  if (after.max_tx_bytes() < 16u << 10 || after.max_tx_bytes() > 4u << 20) {
    return "max_tx_bytes must be 16 KiB to 4 MiB";
  }
  if (after.min_base_fee_nano_ucbm() == 0) return "a free transaction would let anyone fill blocks";
  return std::nullopt;
}

}  // namespace

bool broken(const ReadContext& ctx, const std::string& name) {
  const auto breaker = kBreakers.get(ctx, {name});
  return breaker && (breaker->until_ms() == 0 || ctx.block().time.value < breaker->until_ms());
}

v1::Params default_params() {
  v1::Params params;
  params.set_block_gas_limit(200'000'000);
  params.set_tx_gas_limit(50'000'000);
  params.set_max_tx_bytes(1u << 20);
  params.set_min_base_fee_nano_ucbm(1'000'000);  // 0.001 ucbm: a transfer costs about 20 ucbm
  params.set_rules_version(1);
  return params;
}

Module chain_module() {
  return {
      .name = "chain",
      .prefix = kChainPrefix,
      .tables = {kParams.info("params"), kFeeMarket.info("fee_market"),
                 kLaneUses.info("lane_use"), kBreakers.info("breaker"), kCursors.info("cursor"),
                 kUpgrades.info("upgrade"), kFrozen.info("frozen")},
      .queries = {query("params", params, params_key),
                  query("fee_market", fee_market, fee_market_key), query("upgrades", upgrades)},
      .params = governed<v1::Params>(kParams, why_not),
  };
}

}  // namespace cambium::chain
