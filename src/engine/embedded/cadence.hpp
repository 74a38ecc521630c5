// When the next block is due: at once when there is work, otherwise at the idle cadence.
#pragma once

#include "base/ids.hpp"

namespace cambium::engine {

struct CadenceRules {
  std::int64_t idle_ms = 30'000;  // between empty blocks
  std::int64_t min_block_ms = 0;  // between any two
};

/// What the decision looks at.
struct CadenceFacts {
  TimeMs last_block;
  enum class Work : std::uint8_t { none, waiting } work = Work::none;
  /// After a block with transactions one more follows at once: its header carries their root, so
  /// that what they did can be proven.
  enum class Root : std::uint8_t { published, owed } root = Root::published;
};

constexpr TimeMs next_block_due(const CadenceRules& rules, const CadenceFacts& facts) {
  const bool hurry = facts.work == CadenceFacts::Work::waiting ||
                     facts.root == CadenceFacts::Root::owed;
  return {facts.last_block.value + (hurry ? rules.min_block_ms : rules.idle_ms)};
}

}  // namespace cambium::engine
