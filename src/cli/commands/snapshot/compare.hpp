// A home's full snapshots beside another node's.
#pragma once

#include <string>

#include "engine/snapshots/snapshot_store.hpp"

namespace cambium::cli {

struct OtherNode {
  std::string url;  // of its API
  std::string alias;
};
/// How many heights both have a full snapshot of, each of them the same to the last byte; `corrupt`
/// where one is not, `not_found` where there is none to compare.
Result<std::size_t> compare_snapshots(const engine::SnapshotStore& snapshots,
                                      const OtherNode& other);

}  // namespace cambium::cli
