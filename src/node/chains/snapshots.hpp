// What the two kinds of chains share about snapshots: the settings, and a first state that came as
// one.
#pragma once

#include "engine/snapshots/snapshot_writer.hpp"
#include "node/chains/chain_unit.hpp"

namespace cambium::node {

/// From the settings; the snapshot that a chain began with is kept for ever.
engine::SnapshotRules snapshot_rules(const Config& config, const chain::v1::Genesis& genesis);

/// Fills an empty store of a chain whose genesis names a state instead of holding one, from the
/// snapshot that the home keeps of it. Without that snapshot the store stays empty: a node may
/// still take the state over from others.
Status begin_from_origin(const ChainPlan& plan, const chain::v1::Genesis& genesis,
                         const std::filesystem::path& state_folder);

}  // namespace cambium::node
