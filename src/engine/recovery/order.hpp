// What the validators have ordered, from the newest state that a home still has.
#pragma once

#include "engine/recovery/stopped_chain.hpp"

namespace cambium::engine {

struct RollbackOrder {
  std::uint64_t act = 0;
  Height height;
  std::string chain_id;  // under which the chain goes on
};

/// The newest order for a rollback whose time is not over; nothing where there is none, or where
/// the state cannot be read any more.
Result<std::optional<RollbackOrder>> order_in_force(const StoppedChain& chain, TimeMs now);

}  // namespace cambium::engine
