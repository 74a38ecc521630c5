// Reads the Merkle tree as of one version: finds leaves, their ways to the root, and neighbours.
#pragma once

#include <functional>

#include "state/detail/history.hpp"
#include "state/proof.hpp"

namespace cambium::state::detail {

/// A leaf and the siblings on the way down to it, top first.
struct Located {
  Bytes key;
  std::vector<ProofStep> steps;
};

class Walker {
 public:
  Walker(const StoreReader& reader, std::uint64_t version) : reader_(reader), version_(version) {}

  /// Goes down along `path` as far as there are inner nodes; nothing where it ends in the void.
  Result<std::optional<Located>> descend(const Hash& path);
  /// After `descend`: the nearest leaf on that side of where it ended, if there is one.
  Result<std::optional<Located>> neighbour(ProofStep::Sibling side);
  /// Every leaf's key, ascending by path, until `visit` returns false.
  Status walk(const std::function<bool(ByteView key)>& visit);

 private:
  struct Node {
    std::shared_ptr<const PageBody> page;
    unsigned i;
    unsigned depth;
    Hash prefix;  // the path's bits above the node; the rest is zero
    NodeKind kind() const { return page->kind(i); }
  };
  struct Turn {  // an inner node on the way, and the child that was taken
    Node taken;
    Node other;
    bool right;
  };

  Result<std::optional<Node>> root();
  Result<std::array<Node, 2>> children(const Node& node);
  Status step(Node& node, unsigned bit);
  Result<bool> walk_under(const Node& node, const std::function<bool(ByteView key)>& visit);
  Located located(const Node& leaf) const;

  const StoreReader& reader_;
  std::uint64_t version_;
  std::vector<Turn> turns_;
};

}  // namespace cambium::state::detail
