// From updates of state keys to changes of leaves: drops what changes nothing, writes the new
// entries and what they replaced, hashes keys and values in batches.
#pragma once

#include "state/detail/history.hpp"
#include "state/detail/stager.hpp"
#include "state/tree.hpp"

namespace cambium::state::detail {

/// Ascending by path; the keys are borrowed from `updates`.
Result<std::vector<LeafChange>> collect_changes(const StoreReader& reader,
                                                std::span<const Update> updates,
                                                WriteBatch& batch, HistoryWriter& history);

}  // namespace cambium::state::detail
