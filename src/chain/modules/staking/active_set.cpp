#include "chain/modules/staking/active_set.hpp"

#include <map>

#include "base/planted_bug.hpp"
#include "chain/modules/governance/governance.hpp"
#include "chain/modules/nodes/nodes.hpp"
#include "chain/modules/staking/stake.hpp"

namespace cambium::chain::staking {
namespace {

using Set = std::map<Address, pb::Active>;

Set told(const ReadContext& ctx) {
  Set out;
  kActiveSet.scan(ctx, kActiveSet.prefix(), [&](const auto& key, const pb::Active& active) {
    out.emplace(std::get<0>(key), active);
    return ScanStep::next;
  });
  return out;
}

Set strongest(const ReadContext& ctx, const Set& before) {
  const auto params = kStakingParams.get_or_default(ctx, {});
  std::vector<Address> candidates;
  kCandidates.scan(ctx, kCandidates.prefix(), [&](const auto& key, const pb::Candidate&) {
    candidates.push_back(std::get<1>(key));
    return candidates.size() < kMaxBlockEndEntries ? ScanStep::next : ScanStep::stop;
  });
  Set out;
  for (const Address& candidate : candidates) {
    if (out.size() == params.max_validators()) break;
    const auto validator = kValidators.get_or_default(ctx, {candidate});
    if (!may_be_active(ctx, candidate, validator)) continue;
    const Address consensus = consensus_address(as_bytes(validator.consensus_key()));
    pb::Active active;
    active.set_consensus_key(validator.consensus_key());
    active.set_power(power_of(validator.tokens_ucbm()));
    active.set_operator_(to_field(candidate));
    // An engine takes a change two blocks later, and the block after that brings the first vote.
    const auto old = before.find(consensus);
    const std::uint64_t start = kEpoch.get_or_default(ctx, {}).start_height();
    const std::uint64_t next = ctx.block().height.value + 1;
    active.set_from_height(old != before.end() ? old->second.from_height()
                                               : (next <= start ? next : next + 2));
    out.emplace(consensus, std::move(active));
  }
  return out;
}

void tell(Context& ctx, const Address& consensus, const pb::Active& active) {
  kActiveSet.put(ctx, {consensus}, active);
  ctx.emit("staking.power", {{"validator", to_address(active.operator_()).text()},
                             {"power", std::to_string(active.power())}});
}

}  // namespace

bool may_be_active(const ReadContext& ctx, const Address& operator_account,
                   const pb::Validator& validator) {
  const auto params = kStakingParams.get_or_default(ctx, {});
  if (validator.jailed() || power_of(validator.tokens_ucbm()) == 0) return false;
  if (self_bond(ctx, operator_account, validator) < params.validator_ucbm()) return false;
  if (governance::is_excluded(ctx, operator_account)) return false;  // by an emergency act
  if (params.min_uptime_nano() == 0) return true;
  const auto node = nodes::kNodes.get(ctx, {operator_account});
  return node && nodes::uptime_nano(*node, ctx.block().time) >= params.min_uptime_nano();
}

void update_active_set(Context& ctx) {
  const Set before = told(ctx);
  const Set after = strongest(ctx, before);
  if (after.empty()) return;
  for (const auto& [consensus, active] : before) {
    if (after.contains(consensus) || planted(PlantedBug::jailed_stays_in_set)) continue;
    kActiveSet.erase(ctx, {consensus});
    ctx.emit("staking.left_active_set", {{"validator", to_address(active.operator_()).text()}});
  }
  for (const auto& [consensus, active] : after) {
    const auto old = before.find(consensus);
    if (old == before.end() || old->second.power() != active.power()) {
      tell(ctx, consensus, active);
    }
  }
}

BlockEndStep active_set_step() {
  return {.name = "staking.active_set", .run = [](Context& ctx, ByteView) {
            update_active_set(ctx);
            return Bytes{};
          }};
}

}  // namespace cambium::chain::staking
