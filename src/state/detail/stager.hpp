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

struct DirtyPage {
  Page* page;
  Position position;
};

struct HashJob {  // node i of a page
  Page* page;
  unsigned i;
};

/// What a stager works with, kept from one height to the next so that nothing is allocated anew.
struct StagerMemory {
  std::vector<std::vector<DirtyPage>> dirty{kPathBits / kPageLevels};  // by depth of the page
  std::vector<std::vector<HashJob>> jobs{kPathBits};                   // by depth of the node
  std::deque<PageBody> before;  // bodies of touched pages, the first `before_used` in use
  std::size_t before_used = 0;
  std::vector<std::array<std::uint8_t, 64>> pairs;
  std::vector<crypto::PairHash> pair_jobs;

  void reset();
};

class Stager {
 public:
  /// `version` must be newer than every page under `top`; all are borrowed.
  Stager(Page& top, const StoreReader& reader, std::uint64_t version, StagerMemory& memory)
      : top_(top), reader_(reader), version_(version), memory_(memory) {
    memory_.reset();
  }

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
  void write_page(const DirtyPage& dirty, WriteBatch& batch, HistoryWriter& history);
  UndoItem undo_of(const Page& page, const PageBody& before);

  Page& top_;
  const StoreReader& reader_;
  std::uint64_t version_;
  StagerMemory& memory_;
  Status failure_;
  std::ptrdiff_t pages_loaded_ = 0;
  std::deque<std::unique_ptr<Page>> dropped_;
  Bytes scratch_;
};

}  // namespace cambium::state::detail
