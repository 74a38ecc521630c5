#include "state/audit.hpp"

#include <fmt/format.h>

#include "state/height_view.hpp"
#include "state/proof.hpp"

namespace cambium::state {
namespace {

tl::unexpected<Error> damaged(std::string_view how) {
  return fail(ErrorCode::corrupt, fmt::format("The stored state is damaged: {}. Remove it to have "
                                              "it made again from the blocks.", how));
}

struct Entry {
  Bytes key;
  Bytes value;
};

}  // namespace

Status audit(const NodeStore& store, std::size_t max_entries) {
  auto view = HeightView::open_latest(store);
  if (!view && view.error().code == ErrorCode::not_found) return {};
  if (!view) return tl::unexpected<Error>(std::move(view).error());
  std::vector<Entry> entries;
  std::size_t total = 0;
  view->scan({}, [&](ByteView key, ByteView value) {
    if (total < max_entries) entries.push_back({to_bytes(key), to_bytes(value)});
    return ++total <= max_entries;
  });
  if (!view->health()) return damaged(view->health().error().message);
  for (const Entry& entry : entries) {
    const auto proof = view->prove(entry.key);
    if (!proof) return damaged(proof.error().message);
    const auto shown = verify(*proof, view->root(), {entry.key, ByteView(entry.value)});
    if (!shown) return damaged(shown.error().message);
  }
  if (total > max_entries) return {};
  std::size_t leaves = 0;
  const auto walked = view->walk([&](ByteView) { return ++leaves <= total; });
  if (!walked) return damaged(walked.error().message);
  if (leaves == total) return {};
  return damaged(fmt::format("it has {} entries and its tree {}", total, leaves));
}

}  // namespace cambium::state
