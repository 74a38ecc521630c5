// Applies one version's leaf changes to the pages in memory, hashes what changed, and writes the
// changed pages with their history into a batch.
#pragma once

#include <deque>

#include "crypto/sha256_batch.hpp"
#include "state/detail/history.hpp"

namespace cambium::state::detail {

/// One key's new leaf, or its removal. Changes are ascending by path, one per path.
struct LeafChange {
  Hash path;
  Hash leaf;
  ByteView key;
  enum class Op : std::uint8_t { set, erase } op = Op::set;
};

class Stager {
 public:
  /// `version` must be newer than every page under `top`; both are borrowed.
  Stager(Page& top, const StoreReader& reader, std::uint64_t version)
      : top_(top), reader_(reader), version_(version) {}

  /// Leaves the new root in the top page. On an error the pages are unusable: drop them.
  Status apply(std::span<LeafChange> changes);
  void write(WriteBatch& batch, HistoryWriter& history);
  /// Pages under the top that came into or went out of memory.
  std::ptrdiff_t pages_loaded() const { return pages_loaded_; }

 private:
  using Changes = std::span<LeafChange>;
  struct Place {  // a node: index i of a page, at an absolute depth
    Page* page;
    unsigned i;
    unsigned depth;
  };
  struct Dirty {
    Page* page;
    Position position;
  };
  struct HashJob {
    Page* page;
    unsigned i;
  };

  NodeKind visit(Place at, Changes changes);
  NodeKind visit_leaf(Place at, Changes changes);
  NodeKind visit_inner(Place at, Changes changes);
  NodeKind build(Place at, Changes changes);
  NodeKind combine(Place at, NodeKind left, NodeKind right);
  Page* open_child(Place at, const Hash& path);
  Page* make_child(Place at, const Hash& path);
  void drop_child(Place at);
  void touch(Page& page, const Position& position);
  void touch(Place at, const Hash& path);
  void hash_level(std::vector<HashJob>& jobs);
  void write_page(const Dirty& dirty, WriteBatch& batch, HistoryWriter& history);
  UndoItem undo_of(const Page& page, const PageBody& before);

  Page& top_;
  const StoreReader& reader_;
  std::uint64_t version_;
  Status failure_;
  std::ptrdiff_t pages_loaded_ = 0;
  std::vector<std::vector<Dirty>> dirty_{kPathBits / kPageLevels};  // by depth of the page
  std::vector<std::vector<HashJob>> jobs_{kPathBits};               // by depth of the node
  std::deque<PageBody> before_;
  std::deque<std::unique_ptr<Page>> dropped_;
  Bytes scratch_;
  std::vector<std::array<std::uint8_t, 64>> pairs_;
  std::vector<crypto::PairHash> pair_jobs_;
};

}  // namespace cambium::state::detail
