#include "chain/modules/governance/votes/tier.hpp"

#include <algorithm>

#include "chain/modules/governance/governance.hpp"
#include "chain/modules/nodes/nodes.hpp"
#include "chain/modules/staking/staking.hpp"

namespace cambium::chain::governance {

std::uint32_t tier_of(const ReadContext& ctx, const Address& account) {
  const auto node = nodes::kNodes.get(ctx, {account});
  if (!node) return 0;
  const std::int64_t age_ms = ctx.block().time.value - node->registered_ms();
  const std::uint64_t reputation = node->reputation_nano();
  if (reputation >= kNano / 10 * 8 && age_ms >= 90 * kDayMs &&
      kAudits.get_or_default(ctx, {account}).passed()) {
    return 3;
  }
  return reputation >= kNano / 2 && age_ms >= 30 * kDayMs ? 2 : 1;
}

std::vector<Address> arbitrators(const ReadContext& ctx, std::size_t least) {
  std::vector<Address> audited;
  kAudits.scan(ctx, kAudits.prefix(), [&](const auto& key, const pb::Audit& audit) {
    if (audit.passed()) audited.push_back(std::get<0>(key));
    return audited.size() < kMaxPanelPool ? ScanStep::next : ScanStep::stop;
  });
  std::erase_if(audited, [&](const Address& account) { return tier_of(ctx, account) != 3; });
  if (audited.size() >= least) return audited;
  auto validators = staking::active_set(ctx);
  std::ranges::sort(validators);
  return validators;
}

}  // namespace cambium::chain::governance
