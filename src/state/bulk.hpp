// Fills an empty store with a state that is too large for one batch: many batches, no history, and
// no height until the whole of it has the right root.
#pragma once

#include "state/height_view.hpp"
#include "state/tree.hpp"

namespace cambium::state {

/// One thread uses it. Until `finish` the store counts as empty: whoever opens a tree on what an
/// interrupted writer left erases that first.
class BulkWriter {
 public:
  /// `already_exists` when the store, which is borrowed, holds a height.
  static Result<BulkWriter> begin(NodeStore& store, Height height);
  BulkWriter(BulkWriter&&) noexcept;
  BulkWriter& operator=(BulkWriter&&) noexcept;
  ~BulkWriter();

  /// Ascending by key without duplicates, as `Tree::stage` takes them; later calls win.
  Status add(std::span<const Update> updates);
  /// The root of everything added so far.
  Hash root() const;
  /// Makes the height readable, with the owner's records in the same batch. `corrupt` when the
  /// root is another one; the store then stays without a height.
  Status finish(const Hash& root, std::span<const MetaRecord> records = {});

 private:
  struct Impl;
  explicit BulkWriter(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

/// Writes the view's whole state into an empty store, at the same height: `corrupt` when what can
/// be read does not lead to the view's root.
Status copy_height(const HeightView& from, NodeStore& to);

/// Erases what an interrupted writer left behind; does nothing to any other store.
Status clear_unfinished(NodeStore& store);

}  // namespace cambium::state
