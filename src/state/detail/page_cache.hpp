// The newest pages in memory, as a tree of what has been used, within a budget.
#pragma once

#include "state/detail/page.hpp"
#include "state/node_store.hpp"

namespace cambium::state::detail {

class PageCache {
 public:
  explicit PageCache(std::size_t max_bytes) : max_pages_(max_bytes / kPageCostBytes) {}

  /// Reads the tree's top page, or starts an empty one.
  Status ensure_top(const StoreReader& reader);
  Page& top() { return *top_; }
  void count(std::ptrdiff_t pages) { pages_ += pages; }
  /// Drops what was not used for longest when the budget is passed; the top stays.
  void shrink(std::uint64_t version);
  void clear();

 private:
  // A full page is about 1.4 KiB and the many small ones at the lower end about 0.3; over a
  // million keys with 32 bytes each that is half a KiB on average.
  static constexpr std::size_t kPageCostBytes = 512;

  std::size_t max_pages_;
  std::ptrdiff_t pages_ = 0;
  std::unique_ptr<Page> top_;
};

}  // namespace cambium::state::detail
