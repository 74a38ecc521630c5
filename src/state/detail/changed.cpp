#include "state/detail/changed.hpp"

#include <algorithm>

#include "state/detail/history.hpp"
#include "state/detail/meta.hpp"

namespace cambium::state::detail {
namespace {

constexpr unsigned kFirstLowest = 16;  // the lowest level of a page: 16..31

class Finder {
 public:
  Finder(const StoreReader& reader, Between heights) : reader_(reader), heights_(heights) {}

  Status pages(unsigned depth, const Hash& path);
  Status erased();
  std::vector<Bytes> take() {
    std::sort(found_.begin(), found_.end());
    found_.erase(std::unique(found_.begin(), found_.end()), found_.end());
    return std::move(found_);
  }

 private:
  Status look_at(ByteView key);
  Result<std::optional<ByteView>> value_at(const std::optional<StoredEntry>& entry, Height height);

  const StoreReader& reader_;
  Between heights_;
  std::vector<Bytes> found_;
};

Result<std::optional<ByteView>> Finder::value_at(const std::optional<StoredEntry>& entry,
                                                 Height height) {
  if (!entry) return std::optional<ByteView>{};
  return entry_at(reader_, *entry, height.value);
}

Status Finder::look_at(ByteView key) {
  TRY(const auto record, reader_.get(Table::entries, key));
  std::optional<StoredEntry> entry;
  if (record) {
    TRY(entry, parse_entry(*record));
    if (entry->stamp.version <= heights_.base.value) return {};
  }
  TRY(const auto before, value_at(entry, heights_.base));
  TRY(const auto after, value_at(entry, heights_.height));
  const bool same = before.has_value() == after.has_value() &&
                    (!before || equal(*before, *after));
  if (!same) found_.push_back(to_bytes(key));
  return {};
}

// A change below a page changes a hash in it, so a page that no later height wrote has nothing new
// under it.
Status Finder::pages(unsigned depth, const Hash& path) {
  const Position position = Position::of(depth, path);
  TRY(const auto record, reader_.get(Table::pages, position.view()));
  if (!record) return {};
  TRY(const auto newest, parse_page(*record));
  if (newest.stamp.version <= heights_.base.value) return {};
  TRY(const auto body, page_at(reader_, position, heights_.height.value));
  if (!body) return {};
  for (unsigned i = 1; i < 2 * kFirstLowest; ++i) {
    if (body->kind(i) == NodeKind::leaf) TRY_STATUS(look_at(body->leaf_key(i)));
    if (body->kind(i) != NodeKind::inner || i < kFirstLowest) continue;
    Hash below = path;
    const auto nibble = static_cast<std::uint8_t>(i - kFirstLowest);
    below.data[depth / 8] |= static_cast<std::uint8_t>(depth % 8 == 0 ? nibble << 4 : nibble);
    TRY_STATUS(pages(depth + kPageLevels, below));
  }
  return {};
}

// A key that is gone is in no page of the later height; its last value is in the history.
Status Finder::erased() {
  Status status;
  const Bytes from = history_key(heights_.base.value + 1, 0);
  TRY_STATUS(reader_.scan(Table::history, from, [&](ByteView key, ByteView chunk) {
    if (key.size() != 12 || read_be64(key.first(8)) > heights_.height.value) return false;
    const auto items = parse_chunk(chunk);
    if (!items) status = forward_error(items);
    for (std::size_t i = 0; status && i < items->size(); ++i) {
      const auto& item = (*items)[i];
      if (item.erased && item.kind == UndoKind::entry_value) status = look_at(item.name);
    }
    return status.has_value();
  }));
  return status;
}

}  // namespace

Result<std::vector<Bytes>> changed_keys(const StoreReader& reader, Between heights) {
  TRY_STATUS(read_root(reader, heights.base));
  TRY_STATUS(read_root(reader, heights.height));
  Finder finder(reader, heights);
  TRY_STATUS(finder.pages(0, Hash{}));
  TRY_STATUS(finder.erased());
  return finder.take();
}

}  // namespace cambium::state::detail
