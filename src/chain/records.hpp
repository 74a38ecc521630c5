// The kernel's own state: parameters, gas price, free-lane use, breakers and cursors.
#pragma once

#include "cambium/chain/v1/chain.pb.h"
#include "cambium/chain/v1/upgrade.pb.h"
#include "chain/table.hpp"

namespace cambium::chain {

inline constexpr Table<v1::Params> kParams{TableId{kChainPrefix, 1}};
inline constexpr Table<v1::FeeMarket> kFeeMarket{TableId{kChainPrefix, 2}};
/// (account, short message name)
inline constexpr Table<v1::LaneUse, Address, std::string> kLaneUses{TableId{kChainPrefix, 3}};
/// (block-end step, short message name, or kPauseAll)
inline constexpr Table<v1::Breaker, std::string> kBreakers{TableId{kChainPrefix, 4}};
/// (block-end step)
inline constexpr Table<v1::Cursor, std::string> kCursors{TableId{kChainPrefix, 5}};
/// (account): its coins cannot be spent until then, by an emergency act
inline constexpr Table<v1::Breaker, Address> kFrozen{TableId{kChainPrefix, 7}};
/// (height); see chain/upgrade.hpp
inline constexpr Table<v1::Upgrade, std::uint64_t> kUpgrades{TableId{kChainPrefix, 6}};

/// The breaker that stops every message but those that may act during a pause.
inline const std::string kPauseAll = "*";
/// Whether the breaker of that name is open at the block's time.
bool broken(const ReadContext& ctx, const std::string& name);

/// What a chain runs on when its genesis names nothing else.
v1::Params default_params();

}  // namespace cambium::chain
