#include "chain/modules/modules.hpp"
#include "chain/records.hpp"

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
                 kLaneUses.info("lane_use"), kBreakers.info("breaker"), kCursors.info("cursor")},
      .queries = {query("params", params, params_key),
                  query("fee_market", fee_market, fee_market_key)},
  };
}

}  // namespace cambium::chain
