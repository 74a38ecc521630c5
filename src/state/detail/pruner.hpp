// Erases what only heights below a new oldest one needed.
#pragma once

#include "state/detail/meta.hpp"
#include "state/tree.hpp"

namespace cambium::state::detail {

/// Makes heights below `heights.oldest` unreadable at once, then erases about `max_records`.
Result<PruneProgress> prune(NodeStore& store, const Heights& heights, std::size_t max_records);

}  // namespace cambium::state::detail
