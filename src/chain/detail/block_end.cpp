#include "chain/detail/block_end.hpp"

#include "chain/detail/invariants.hpp"
#include "chain/fees.hpp"
#include "chain/records.hpp"

namespace cambium::chain::detail {
namespace {

void trip(Context& ctx, const std::string& step, const std::string& evidence) {
  v1::Breaker breaker;
  breaker.set_tripped_height(ctx.block().height.value);
  breaker.set_evidence(evidence);
  kBreakers.put(ctx, {step}, breaker);
  ctx.emit("chain.breaker_tripped", {{"step", step}, {"evidence", evidence}});
}

void keep_cursor(Context& ctx, const std::string& step, const Bytes& next) {
  if (next.empty()) {
    if (kCursors.has(ctx, {step})) kCursors.erase(ctx, {step});
    return;
  }
  v1::Cursor cursor;
  cursor.set_next_key(to_string(next));
  kCursors.put(ctx, {step}, cursor);
}

void run_step(const Registry& registry, state::Overlay& overlay, const Environment& env,
              const BlockEndStep& step, BlockOutcome& out) {
  const std::string name(step.name);
  GasMeter unmetered({UINT64_MAX});
  Context ctx(overlay, env, unmetered);
  if (broken(ctx, name)) return;
  const auto before = overlay.mark();
  ctx.set_privileges(step.privileges);
  const auto cursor = kCursors.get_or_default(ctx, {name});
  keep_cursor(ctx, name, step.run(ctx, as_bytes(cursor.next_key())));
  auto found = violations(registry, overlay.diff_since(before), {ctx.allowed(), overlay});
  if (!found.empty()) {
    overlay.rollback(before);
    ctx.events().clear();
    trip(ctx, name, found.front());
  }
  for (auto& event : ctx.events()) out.end_events.push_back(std::move(event));
  for (auto& evidence : found) out.violations.push_back(std::move(evidence));
}

/// Writes only when the price moves, so that idle blocks leave the state root alone.
void move_base_fee(Context& ctx, Gas used) {
  const auto params = kParams.get_or_default(ctx, {});
  auto market = kFeeMarket.get_or_default(ctx, {});
  const auto next = next_base_fee(market.base_fee_nano_ucbm(), used, params);
  if (next == market.base_fee_nano_ucbm()) return;
  market.set_base_fee_nano_ucbm(next);
  kFeeMarket.put(ctx, {}, market);
}

}  // namespace

void end_block(const Registry& registry, state::Overlay& overlay, Environment env,
               BlockOutcome& out) {
  for (const Module* module : registry.modules()) {
    for (const auto& step : module->block_end) run_step(registry, overlay, env, step, out);
  }
  GasMeter unmetered({UINT64_MAX});
  Context ctx(overlay, env, unmetered);
  move_base_fee(ctx, out.gas_used);
}

}  // namespace cambium::chain::detail
