// The store back ends that the benchmark can put under the tree.
#pragma once

#include <filesystem>
#include <memory>

#include "state/node_store.hpp"

namespace cambium::bench {

Result<std::unique_ptr<state::NodeStore>> open_rocks_store(const std::filesystem::path& folder);

/// A hash-table store without history, snapshots or locks: what the peers' mock stores are.
std::unique_ptr<state::NodeStore> make_flat_store();

}  // namespace cambium::bench
