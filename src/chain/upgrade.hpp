// Rules that change at a height which the chain itself decided on.
#pragma once

#include <optional>
#include <string>

#include "cambium/chain/v1/upgrade.pb.h"
#include "chain/context.hpp"

namespace cambium::chain {

/// The newest rules version that this program has. A message or rule names the version that
/// brought it (`MessageMeta::since`); every older version stays in the program, for replay.
inline constexpr std::uint32_t kNewestRules = 2;

/// What an engine asks before it executes a block.
struct NextBlock {
  Height height;
  std::uint32_t newest_rules = kNewestRules;  // that the program has
};

/// The upgrade that the block at this height needs and this program does not have; nothing when
/// the block may be executed. `view` is the state after the block before.
std::optional<v1::Upgrade> missing_upgrade(const state::View& view, const NextBlock& next);

/// What an engine says when it stops there: what is missing, from which height on, what to do.
std::string missing_upgrade_text(const v1::Upgrade& upgrade, const NextBlock& next);

/// Begins the block: when an upgrade is due at its height, the rules version moves.
void apply_upgrade(Context& ctx);

/// Puts an upgrade on the calendar. `upgrade_height_passed` for a height that is not to come,
/// `upgrade_version_too_low` when the rules would not move upward along the calendar.
TxStatus schedule_upgrade(Context& ctx, const v1::Upgrade& upgrade);
/// Takes an upgrade that is still to come off the calendar; `upgrade_not_found` otherwise.
TxStatus cancel_upgrade(Context& ctx, Height height);

}  // namespace cambium::chain
