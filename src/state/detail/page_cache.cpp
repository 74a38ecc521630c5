#include "state/detail/page_cache.hpp"

#include <algorithm>

namespace cambium::state::detail {
namespace {

std::ptrdiff_t pages_under(const Page& page) {
  std::ptrdiff_t count = 1;
  if (page.children)
    for (const auto& child : *page.children)
      if (child) count += pages_under(*child);
  return count;
}

void collect_uses(const Page& page, std::vector<std::uint64_t>& uses) {
  uses.push_back(page.last_use);
  if (!page.children) return;
  for (const auto& child : *page.children)
    if (child) collect_uses(*child, uses);
}

// A page is used whenever one below it is, so an unused page has no used one below.
std::ptrdiff_t drop_unused(Page& page, std::uint64_t since) {
  std::ptrdiff_t dropped = 0;
  if (!page.children) return 0;
  for (auto& child : *page.children) {
    if (!child) continue;
    if (child->last_use < since) {
      dropped += pages_under(*child);
      child.reset();
    } else {
      dropped += drop_unused(*child, since);
    }
  }
  return dropped;
}

}  // namespace

Status PageCache::ensure_top(const StoreReader& reader) {
  if (top_) return {};
  TRY(const auto record, reader.get(Table::pages, Position::of(0, Hash{}).view()));
  auto page = std::make_unique<Page>();
  if (record) {
    TRY(auto stored, parse_page(*record));
    page->stamp = stored.stamp;
    page->body = std::move(stored.body);
  }
  top_ = std::move(page);
  pages_ = 1;
  return {};
}

// Drops down to three quarters, so that the walk over all pages is paid for by many heights.
void PageCache::shrink(std::uint64_t version) {
  if (!top_ || pages_ <= static_cast<std::ptrdiff_t>(max_pages_)) return;
  std::vector<std::uint64_t> uses;
  uses.reserve(static_cast<std::size_t>(pages_));
  collect_uses(*top_, uses);
  const auto quarter = uses.begin() + static_cast<std::ptrdiff_t>(uses.size() / 4);
  std::nth_element(uses.begin(), quarter, uses.end());
  pages_ -= drop_unused(*top_, std::min(*quarter + 1, version + 1));
}

void PageCache::clear() {
  top_.reset();
  pages_ = 0;
}

}  // namespace cambium::state::detail
