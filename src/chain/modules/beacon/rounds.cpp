// What waits for randomness finds it in the block's facts; the state keeps a round only so long
// that it can be proven, and so that the chain does not idle in between.
#include "chain/modules/beacon/session.hpp"

namespace cambium::chain::beacon {
namespace {

/// The newest round in state; 0 for none.
std::uint64_t newest_kept(const ReadContext& ctx) {
  std::uint64_t newest = 0;
  kRounds.scan(ctx, kRounds.prefix(), [&](const auto& key, const pb::Round&) {
    newest = std::get<0>(key);
    return ScanStep::next;
  });
  return newest;
}

void forget(Context& ctx) {
  std::vector<std::uint64_t> kept;
  kRounds.scan(ctx, kRounds.prefix(), [&](const auto& key, const pb::Round&) {
    kept.push_back(std::get<0>(key));
    return kept.size() < kMaxBlockEndEntries ? ScanStep::next : ScanStep::stop;
  });
  for (const std::uint64_t height : kept) kRounds.erase(ctx, {height});
  kPending.erase(ctx, {});
}

Bytes run(Context& ctx, ByteView) {
  const auto pending = kPending.get(ctx, {});
  if (!pending) return {};
  if (newest_kept(ctx) > pending->asked_height()) {
    forget(ctx);
    return {};
  }
  const auto& block = ctx.block();
  const bool carried = block.beacon_kind == v1::BEACON_KIND_THRESHOLD && !block.beacon.empty();
  if (!carried || block.beacon_round.value < pending->asked_height()) return {};
  pb::Round round;
  round.set_value(to_string(block.beacon));
  kRounds.put(ctx, {block.beacon_round.value}, round);
  return {};
}

}  // namespace

BlockEndStep rounds_step() { return {.name = "beacon.rounds", .run = run}; }

}  // namespace cambium::chain::beacon
