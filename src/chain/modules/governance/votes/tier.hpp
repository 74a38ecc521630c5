// A node's tier: what its votes weigh, and whether it may arbitrate (economy: stakes, tiers).
#pragma once

#include <vector>

#include "chain/context.hpp"

namespace cambium::chain::governance {

/// 0 without a node; 2 from reputation 0.5 and 30 days; 3 from 0.8, 90 days and a passed audit.
/// A node's votes are its tier.
std::uint32_t tier_of(const ReadContext& ctx, const Address& account);

inline constexpr std::size_t kMaxPanelPool = 2'000;
/// Accounts of tier 3, ascending, at most `kMaxPanelPool`; active validators while there are fewer
/// than `least`.
std::vector<Address> arbitrators(const ReadContext& ctx, std::size_t least);

}  // namespace cambium::chain::governance
