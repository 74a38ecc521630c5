#include "state/detail/walker.hpp"

namespace cambium::state::detail {

Result<std::optional<Walker::Node>> Walker::root() {
  TRY(auto page, page_at(reader_, Position::of(0, Hash{}), version_));
  if (!page || page->kind(1) == NodeKind::empty) return std::optional<Node>{};
  return std::optional<Node>{{std::make_shared<PageBody>(std::move(*page)), 1, 0, Hash{}}};
}

Result<std::array<Walker::Node, 2>> Walker::children(const Node& node) {
  if (node.depth + 1 >= kPathBits)
    return fail(ErrorCode::corrupt, "the state tree is deeper than its paths are long");
  Node left{node.page, 2 * node.i, node.depth + 1, node.prefix};
  if (node.i >= 16) {
    TRY(auto page, page_at(reader_, Position::of(node.depth, node.prefix), version_));
    if (!page)
      return fail(ErrorCode::corrupt, "the state tree lacks a page that its parent names");
    left.page = std::make_shared<PageBody>(std::move(*page));
    left.i = 2;
  }
  Node right = left;
  right.i = left.i + 1;
  right.prefix.data[node.depth / 8] |= static_cast<std::uint8_t>(0x80 >> node.depth % 8);
  return std::array<Node, 2>{std::move(left), std::move(right)};
}

Status Walker::step(Node& node, unsigned bit) {
  TRY(auto both, children(node));
  node = both[bit];
  turns_.push_back({std::move(both[bit]), std::move(both[1 - bit]), bit == 1});
  return {};
}

Located Walker::located(const Node& leaf) const {
  Located found{to_bytes(leaf.page->leaf_key(leaf.i)), {}};
  for (const auto& turn : turns_)
    found.steps.push_back({turn.right ? ProofStep::Sibling::left : ProofStep::Sibling::right,
                           turn.other.page->hash(turn.other.i)});
  return found;
}

Result<std::optional<Located>> Walker::descend(const Hash& path) {
  turns_.clear();
  TRY(auto at, root());
  if (!at) return std::optional<Located>{};
  while (at->kind() == NodeKind::inner) {
    TRY_STATUS(step(*at, path_bit(path, at->depth)));
  }
  if (at->kind() == NodeKind::empty) return std::optional<Located>{};
  return std::optional<Located>{located(*at)};
}

// Back up to the last turn whose other child lies on that side and holds something, then down
// along the edge that is nearest.
Result<std::optional<Located>> Walker::neighbour(ProofStep::Sibling side) {
  const auto saved = turns_;
  const bool want_left = side == ProofStep::Sibling::left;
  while (!turns_.empty() && (turns_.back().right != want_left ||
                             turns_.back().other.kind() == NodeKind::empty))
    turns_.pop_back();
  if (turns_.empty()) {
    turns_ = saved;
    return std::optional<Located>{};
  }
  auto& turn = turns_.back();
  std::swap(turn.taken, turn.other);
  turn.right = !turn.right;
  Node at = turn.taken;
  while (at.kind() == NodeKind::inner) {
    TRY_STATUS(step(at, want_left ? 1 : 0));
    if (at.kind() != NodeKind::empty) continue;
    auto& last = turns_.back();  // nothing on the near side, so everything is on the far one
    std::swap(last.taken, last.other);
    last.right = !last.right;
    at = last.taken;
  }
  auto found = at.kind() == NodeKind::leaf ? std::optional(located(at)) : std::nullopt;
  turns_ = saved;
  if (!found) return fail(ErrorCode::corrupt, "an inner node of the state tree has no leaf below");
  return found;
}

Result<bool> Walker::walk_under(const Node& node, const std::function<bool(ByteView)>& visit) {
  switch (node.kind()) {
    case NodeKind::empty: return true;
    case NodeKind::leaf: return visit(node.page->leaf_key(node.i));
    case NodeKind::inner: break;
  }
  TRY(const auto both, children(node));
  for (const auto& child : both) {
    TRY(const bool go_on, walk_under(child, visit));
    if (!go_on) return false;
  }
  return true;
}

Status Walker::walk(const std::function<bool(ByteView key)>& visit) {
  TRY(const auto top, root());
  if (!top) return {};
  auto done = walk_under(*top, visit);
  if (!done) return forward_error(std::move(done));
  return {};
}

}  // namespace cambium::state::detail
