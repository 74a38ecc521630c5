// State as it stood at one committed height: values, ordered scans and proofs.
#pragma once

#include <memory>

#include "base/ids.hpp"
#include "state/node_store.hpp"
#include "state/view.hpp"

namespace cambium::state {

/// Holds its own picture of the store, so it may be used while newer heights are committed, and
/// on another thread than the writer. One thread at a time uses one view.
class HeightView final : public View {
 public:
  /// `not_found` for a height that was never committed or is pruned.
  static Result<HeightView> open(const NodeStore& store, Height height);
  /// The newest committed height; `not_found` for a store without any.
  static Result<HeightView> open_latest(const NodeStore& store);

  Height height() const { return height_; }
  const Hash& root() const { return root_; }

  std::optional<Bytes> get(ByteView key) const override;
  void scan(Range range, const Visit& visit) const override;

  /// An ICS-23 CommitmentProof (protobuf) of the key's value, or of its absence, under `root()`.
  /// Absence from a state without any entry cannot be said in ICS-23: `unsupported`.
  Result<Bytes> prove(ByteView key) const;

  /// Every key in the order of the tree's paths (SHA-256 of the key): the order of snapshots.
  Status walk(const std::function<bool(ByteView key)>& visit) const;

  /// Ascending, every key whose entry differs from what it was at `base`, a height below this one
  /// that can still be read.
  Result<std::vector<Bytes>> changed_since(Height base) const;

  /// The first failure of the store that `get` or `scan` met; they returned nothing then. Whoever
  /// lets results of a view become final asks this first.
  const Status& health() const { return health_; }

 private:
  HeightView(std::unique_ptr<StoreReader> reader, Height height, Hash root)
      : reader_(std::move(reader)), height_(height), root_(root) {}

  std::unique_ptr<StoreReader> reader_;
  Height height_;
  Hash root_;
  mutable Status health_;
};

}  // namespace cambium::state
