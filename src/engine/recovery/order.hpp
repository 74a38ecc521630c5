// What the validators have ordered, as a state has it: where to go back to, and which blocks to
// trust. The chain cannot carry these out by itself.
#pragma once

#include "engine/recovery/stopped_chain.hpp"

namespace cambium::engine {

/// Back to the state of a height under a later name: a rollback, or a reset of the consensus, whose
/// new name is the next revision.
struct WayBack {
  enum class Kind : std::uint8_t { rollback, consensus_reset };
  std::uint64_t act = 0;
  Kind kind = Kind::rollback;
  Height height;
  std::string chain_id;  // under which the chain goes on; empty: the next revision
  Height certified;      // the block that brought the votes
};

/// A block that is the chain's, whatever anybody shows.
struct Checkpoint {
  std::uint64_t act = 0;
  Height height;
  Hash block_hash;
};

struct Orders {
  std::optional<WayBack> way_back;      // the newest
  std::vector<Checkpoint> checkpoints;  // oldest first
};

/// Those whose time is not over.
Result<Orders> orders_in_force(const state::HeightView& view, TimeMs now);
/// From the newest state of a home; none where it cannot be read any more.
Result<Orders> orders_in_force(const StoppedChain& chain, TimeMs now);

/// A block as somebody has it.
struct KnownBlock {
  Height height;
  Hash hash;
};
/// `refused` where the block is another one than a checkpoint of its height names.
Status agrees(const std::vector<Checkpoint>& checkpoints, const KnownBlock& block);

}  // namespace cambium::engine
