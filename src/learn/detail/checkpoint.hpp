// Checkpoints of a run: one file each, named by its hash, replaced only by a newer whole one.
#pragma once

#include <filesystem>
#include <optional>

#include "base/result.hpp"
#include "cambium/learn/v1/lineage.pb.h"

namespace cambium::learn::detail {

using TrainState = cambium::learn::v1::TrainState;

/// Writes <folder>/step<N>-<SHA-256>.state durably and atomically, then removes older ones.
/// A crash anywhere leaves this checkpoint or the one before it.
Status write_checkpoint(const std::filesystem::path& folder, const TrainState& state);

/// The newest whole checkpoint, if any; damaged and half-written files are passed over.
Result<std::optional<TrainState>> read_checkpoint(const std::filesystem::path& folder);

/// Forgets a run that has been published.
Status remove_checkpoints(const std::filesystem::path& folder);

}  // namespace cambium::learn::detail
