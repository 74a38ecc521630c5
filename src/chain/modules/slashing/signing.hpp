// Who signed how much, without writing when nothing changes. Only the two ends of a run of missed
// blocks are written: its beginning, and, when the validator is back, its length. Everything else
// follows from heights: whoever has no record signed every block. A silent validator therefore
// leaves an idle chain idle.
#pragma once

#include "chain/module.hpp"
#include "base/amount.hpp"
#include "chain/modules/slashing/tables.hpp"

namespace cambium::chain::slashing {

/// Blocks [start, end) of the chain, counted by the block that brings the votes.
struct Stay {
  Address consensus;
  std::uint64_t from_height = 0;   // since when the validator is in the active set
  std::uint64_t epoch_start = 0;   // height at which the running epoch began
  std::uint64_t now = 0;           // the running block, itself not counted
};
struct Attendance {
  std::uint64_t blocks = 0;        // of the stay
  std::uint64_t missed = 0;
  std::uint64_t epoch_blocks = 0;  // of the epoch, within the stay
  std::uint64_t epoch_missed = 0;
  /// 1 - missed / blocks; one for a stay that has just begun.
  std::uint64_t uptime_nano() const;
};
Attendance attendance(const ReadContext& ctx, const Stay& stay);

/// Notes who went missing and who came back, by the votes that came with the block.
BlockEndStep votes_step();

}  // namespace cambium::chain::slashing
