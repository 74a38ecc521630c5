// Whether the newest state is what its root says: for an owner that opens a store it did not close
// itself, because a disk can change bytes behind everybody's back.
#pragma once

#include "state/node_store.hpp"

namespace cambium::state {

/// About a second of work; what a larger state has beyond it is left to proofs and light clients.
inline constexpr std::size_t kAuditEntries = 50'000;

/// Proves up to `max_entries` entries against the newest root and, when that was all of them,
/// that the tree knows no others. `corrupt` with a sentence when an entry, a page or the count
/// differs. An empty store is sound.
Status audit(const NodeStore& store, std::size_t max_entries = kAuditEntries);

}  // namespace cambium::state
