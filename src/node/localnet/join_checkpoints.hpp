// Before a node joins: what it is told to trust, and whom it asks, beside what the network's
// validators have certified.
#pragma once

#include <string>
#include <vector>

#include "engine/cometbft/process/settings.hpp"

namespace cambium::node {

/// Asks each RPC server for the checkpoints in force and for its own blocks at their heights.
/// `refused` where the trusted block, or a block that a server shows, is another one than a
/// checkpoint names. A server that does not tell is passed over: the node compares again once it
/// has the state.
Status agrees_with_checkpoints(const engine::StateSync& trust);

}  // namespace cambium::node
