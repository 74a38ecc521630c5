#include "state/detail/stager.hpp"

#include <algorithm>

#include "base/check.hpp"
#include "state/detail/wire.hpp"

namespace cambium::state::detail {
namespace {

// The changes that go right start at the first path with a 1 at this depth.
std::size_t split(std::span<const LeafChange> changes, unsigned depth) {
  if (changes.size() == 1) return path_bit(changes[0].path, depth) == 0 ? 1 : 0;
  const auto first = std::partition_point(
      changes.begin(), changes.end(),
      [depth](const LeafChange& c) { return path_bit(c.path, depth) == 0; });
  return static_cast<std::size_t>(first - changes.begin());
}

}  // namespace

void StagerMemory::reset() {
  for (auto& level : dirty) level.clear();
  for (auto& level : jobs) level.clear();
  before_used = 0;
}

Status Stager::apply(Changes changes) {
  touch(top_, Position::of(0, Hash{}));
  visit({&top_, 1, 0}, changes);
  TRY_STATUS(failure_);
  for (std::size_t depth = memory_.jobs.size(); depth-- > 0;) hash_level(memory_.jobs[depth]);
  return {};
}

NodeKind Stager::visit(Place at, Changes changes) {
  const NodeKind kind = at.page->body.kind(at.i);
  if (changes.empty() || !failure_) return kind;
  touch(at, changes.front().path);
  switch (kind) {
    case NodeKind::empty: return build(at, changes);
    case NodeKind::leaf: return visit_leaf(at, changes);
    case NodeKind::inner: return visit_inner(at, changes);
  }
  return kind;
}

NodeKind Stager::visit_leaf(Place at, Changes changes) {
  PageBody& body = at.page->body;
  const auto same = std::find_if(changes.begin(), changes.end(), [&](const LeafChange& c) {
    return equal(c.key, body.leaf_key(at.i));
  });
  if (same != changes.end() && changes.size() == 1) {
    if (same->op == LeafChange::Op::erase) {
      body.set_empty(at.i);
      return NodeKind::empty;
    }
    body.hashes[body.rank(at.i)] = same->leaf;
    return NodeKind::leaf;
  }
  // The old leaf moves down among the new ones, unless it is replaced or erased itself.
  const Bytes old_key = to_bytes(body.leaf_key(at.i));
  std::vector<LeafChange> all(changes.begin(), changes.end());
  if (same == changes.end()) {
    const ByteView keys[1] = {old_key};
    LeafChange old{.path = {}, .leaf = body.hash(at.i), .key = old_key};
    crypto::sha256_each(keys, std::span(&old.path, 1));
    const auto by_path = [](const LeafChange& a, const LeafChange& b) { return a.path < b.path; };
    all.insert(std::lower_bound(all.begin(), all.end(), old, by_path), old);
  }
  std::erase_if(all, [](const LeafChange& c) { return c.op == LeafChange::Op::erase; });
  body.set_empty(at.i);
  return build(at, all);
}

NodeKind Stager::visit_inner(Place at, Changes changes) {
  if (at.depth + 1 >= kPathBits) {
    failure_ = fail(ErrorCode::corrupt, "the state tree is deeper than its paths are long");
    return NodeKind::inner;
  }
  const std::size_t left_count = split(changes, at.depth);
  Place left{at.page, 2 * at.i, at.depth + 1};
  if (at.i >= 16) {
    Page* child = open_child(at, changes.front().path);
    if (child == nullptr) return NodeKind::inner;
    left = {child, 2, at.depth + 1};
  }
  const Place right{left.page, left.i + 1, left.depth};
  const NodeKind left_kind = visit(left, changes.first(left_count));
  const NodeKind right_kind = visit(right, changes.subspan(left_count));
  return failure_ ? combine(at, left_kind, right_kind) : NodeKind::inner;
}

// Sets of two and more leaves make inner nodes until their paths part.
NodeKind Stager::build(Place at, Changes changes) {
  if (changes.empty()) return NodeKind::empty;
  PageBody& body = at.page->body;
  const LeafChange& first = changes.front();
  if (changes.size() == 1) {
    body.set_leaf(at.i, first.leaf, first.key);
    return NodeKind::leaf;
  }
  CHECK(at.depth < kPathBits - 1, "two different keys have different SHA-256 paths");
  body.set_inner(at.i);
  const std::size_t left_count = split(changes, at.depth);
  Place left{at.page, 2 * at.i, at.depth + 1};
  if (at.i >= 16) {
    Page* child = make_child(at, first.path);
    if (child == nullptr) return NodeKind::inner;
    left = {child, 2, at.depth + 1};
  }
  build(left, changes.first(left_count));
  build({left.page, left.i + 1, left.depth}, changes.subspan(left_count));
  memory_.jobs[at.depth].push_back({at.page, at.i});
  return NodeKind::inner;
}

// An inner node with one leaf left below it becomes that leaf; with none it becomes empty.
NodeKind Stager::combine(Place at, NodeKind left, NodeKind right) {
  if (left == NodeKind::inner || right == NodeKind::inner ||
      (left == NodeKind::leaf && right == NodeKind::leaf)) {
    memory_.jobs[at.depth].push_back({at.page, at.i});
    return NodeKind::inner;
  }
  const bool in_child = at.i >= 16;
  Page& below = in_child ? *at.page->child(at.i - 16) : *at.page;
  const unsigned left_i = in_child ? 2 : 2 * at.i;
  const unsigned keep = left == NodeKind::leaf ? left_i : left_i + 1;
  const NodeKind result = left == NodeKind::leaf ? left : right;
  if (result == NodeKind::leaf) {
    const Hash hash = below.body.hash(keep);
    const Bytes key = to_bytes(below.body.leaf_key(keep));
    below.body.set_empty(keep);
    at.page->body.set_leaf(at.i, hash, key);
  } else {
    at.page->body.set_empty(at.i);
  }
  if (in_child) drop_child(at);
  return result;
}

Page* Stager::open_child(Place at, const Hash& path) {
  auto& child = at.page->child(at.i - 16);
  if (!child) {
    const auto record = reader_.get(Table::pages, Position::of(at.depth, path).view());
    if (!record) {
      failure_ = forward_error(record);
      return nullptr;
    }
    auto stored = *record ? parse_page(**record) : Result<StoredPage>(StoredPage{});
    if (stored && stored->body.present == 0)
      stored = fail(ErrorCode::corrupt, "the state tree lacks a page that its parent names");
    if (!stored) {
      failure_ = forward_error(std::move(stored));
      return nullptr;
    }
    child = std::make_unique<Page>();
    child->stamp = stored->stamp;
    child->body = std::move(stored->body);
    ++pages_loaded_;
  }
  return child.get();
}

// A page that once stood here left a tombstone, to which the new one's history connects.
Page* Stager::make_child(Place at, const Hash& path) {
  const Position position = Position::of(at.depth, path);
  const auto record = reader_.get(Table::pages, position.view());
  auto& child = at.page->child(at.i - 16);
  child = std::make_unique<Page>();
  ++pages_loaded_;
  if (!record) {
    failure_ = forward_error(record);
    return nullptr;
  }
  if (*record) {
    const auto stored = parse_page(**record);
    if (!stored) {
      failure_ = forward_error(stored);
      return nullptr;
    }
    child->stamp = stored->stamp;
  }
  touch(*child, position);
  return child.get();
}

void Stager::drop_child(Place at) {
  dropped_.push_back(std::move(at.page->child(at.i - 16)));
  --pages_loaded_;
}

void Stager::touch(Page& page, const Position& position) {
  page.last_use = version_;
  if (page.before != kNoUndo) return;
  page.before = static_cast<std::uint32_t>(memory_.before_used++);
  if (page.before == memory_.before.size()) memory_.before.emplace_back();
  memory_.before[page.before] = page.body;  // copies into memory that is already there
  memory_.dirty[position.bytes[0] / kPageLevels].push_back({&page, position});
}

// A node's page starts at the last multiple of four above it; node 1 belongs to the tree's top.
void Stager::touch(Place at, const Hash& path) {
  if (at.page->before != kNoUndo) return;
  const unsigned level = static_cast<unsigned>(std::bit_width(at.i)) - 1;
  touch(*at.page, Position::of(at.depth - level, path));
}

// One depth's nodes do not read each other, so they are hashed as one batch.
void Stager::hash_level(std::vector<HashJob>& jobs) {
  auto& pairs = memory_.pairs;
  auto& pair_jobs = memory_.pair_jobs;
  pairs.resize(jobs.size());
  pair_jobs.clear();
  for (std::size_t n = 0; n < jobs.size(); ++n) {
    const auto [page, i] = jobs[n];
    const PageBody& below = i >= 16 ? page->child(i - 16)->body : page->body;
    const unsigned left = i >= 16 ? 2 : 2 * i;
    const std::uint8_t* pair = pairs[n].data();
    if ((below.present >> left & 3) == 3) {
      pair = below.hashes[below.rank(left)].data.data();  // both children lie side by side
    } else {
      std::memcpy(pairs[n].data(), below.hash(left).data.data(), 32);
      std::memcpy(pairs[n].data() + 32, below.hash(left + 1).data.data(), 32);
    }
    pair_jobs.push_back({pair, page->body.hashes[page->body.rank(i)].data.data()});
  }
  crypto::sha256_pairs(1, pair_jobs);
  jobs.clear();
}

UndoItem Stager::undo_of(const Page& page, const PageBody& before) {
  UndoItem item{.kind = UndoKind::page_full, .erased = page.body.present == 0,
                .previous = page.stamp, .name = {}, .content = {}};
  scratch_.clear();
  if (before.present != page.body.present || before.leaves != page.body.leaves ||
      before.keys != page.body.keys) {
    append_body(scratch_, before);
  } else {
    item.kind = UndoKind::page_hashes;
    std::uint32_t mask = 0;
    append_le(scratch_, mask);
    std::size_t rank = 0;
    for (unsigned i = 1; i < 32; ++i) {
      if (!(before.present >> i & 1)) continue;
      if (before.hashes[rank] != page.body.hashes[rank]) {
        mask |= 1u << i;
        append(scratch_, before.hashes[rank]);
      }
      ++rank;
    }
    for (int i = 0; i < 4; ++i)
      scratch_[static_cast<std::size_t>(i)] = static_cast<std::uint8_t>(mask >> (8 * i));
  }
  item.content = scratch_;
  return item;
}

void Stager::write_page(const DirtyPage& dirty, WriteBatch& batch, HistoryWriter& history) {
  Page& page = *dirty.page;
  const PageBody& before = memory_.before[page.before];
  page.before = kNoUndo;
  const bool is_new = page.stamp.version == 0 && before.present == 0;
  Stamp stamp{version_, kNoUndo};
  if (!is_new) {
    auto item = undo_of(page, before);
    item.name = dirty.position.view();
    stamp.undo = history.add(item);
  }
  page.stamp = stamp;
  if (page.body.present == 0 && !history.keeps() && dirty.position.bytes[0] != 0) {
    batch.erase(Table::pages, dirty.position.view());  // nobody will look for its past
    return;
  }
  const auto room = batch.reserve(Table::pages, dirty.position.view(),
                                  kStampBytes + body_size(page.body));
  write_stamp(room.data(), stamp);
  write_body(room.data() + kStampBytes, page.body);
}

void Stager::write(WriteBatch& batch, HistoryWriter& history) {
  for (const auto& level : memory_.dirty)
    for (const auto& dirty : level) write_page(dirty, batch, history);
}

}  // namespace cambium::state::detail
