// The tree's own records in the meta table. Owners' keys are text, so these start below 0x20.
#pragma once

#include <optional>

#include "base/ids.hpp"
#include "state/node_store.hpp"

namespace cambium::state::detail {

struct Heights {
  Height latest;
  Height oldest;  // the lowest one that can be read
};

Bytes root_key(Height height);
void put_heights(WriteBatch& batch, const Heights& heights);
/// Nothing for a store without a committed height.
Result<std::optional<Heights>> read_heights(const StoreReader& reader);
/// `not_found` for a height that was never committed or is pruned.
Result<Hash> read_root(const StoreReader& reader, Height height);

}  // namespace cambium::state::detail
