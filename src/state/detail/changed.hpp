// Which keys differ between two heights, found without reading what did not change.
#pragma once

#include "base/ids.hpp"
#include "state/node_store.hpp"

namespace cambium::state::detail {

struct Between {
  Height base;
  Height height;  // above it
};
/// Ascending. `not_found` when either height cannot be read any more.
Result<std::vector<Bytes>> changed_keys(const StoreReader& reader, Between heights);

}  // namespace cambium::state::detail
