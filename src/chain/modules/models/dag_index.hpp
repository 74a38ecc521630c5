// The parameter DAG in memory: which blocks exist and what each depends on.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "base/ids.hpp"

namespace cambium::chain::models {

enum class DagAdd : std::uint8_t { added, already_known, unknown_dependency };

/// Grows by blocks that depend on known blocks only, so that no cycle can form: adding costs
/// O(dependencies) whatever the size, and insertion order is a topological order (B/CORE-06, 10).
/// About 45 bytes a block and 4 a dependency.
class DagIndex {
 public:
  /// `salt` spreads ids over the table; a secret one keeps strangers from aiming for collisions.
  explicit DagIndex(std::uint64_t salt = 0);

  DagAdd add(const BlockId& id, std::span<const BlockId> depends_on);
  bool contains(const BlockId& id) const { return position(id).has_value(); }
  /// Insertion number, from 0.
  std::optional<std::uint32_t> position(const BlockId& id) const;
  std::size_t size() const { return ids_.size(); }
  /// position < size().
  const BlockId& at(std::uint32_t position) const { return ids_[position]; }
  /// Positions of what the block at `position` depends on; all are smaller.
  std::span<const std::uint32_t> dependencies(std::uint32_t position) const;

 private:
  std::size_t slot_of(const BlockId& id) const;
  void grow();

  std::uint64_t salt_;
  std::vector<BlockId> ids_;            // by position
  std::vector<std::uint32_t> table_;    // open addressing; position + 1, 0 for a free slot
  std::vector<std::uint32_t> edges_;    // dependencies of all blocks, one after another
  std::vector<std::uint32_t> edge_end_; // by position: where its dependencies end
};

}  // namespace cambium::chain::models
