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

/// The mark of a store that is being filled in bulk: what lies in it is nobody's state.
void put_unfinished(WriteBatch& batch);
void drop_unfinished(WriteBatch& batch);
Result<bool> is_unfinished(const StoreReader& reader);

}  // namespace cambium::state::detail
