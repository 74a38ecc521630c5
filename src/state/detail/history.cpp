#include "state/detail/history.hpp"

#include "base/check.hpp"
#include "state/detail/wire.hpp"

namespace cambium::state::detail {
namespace {

constexpr std::uint8_t kErasedFlag = 0x80;
constexpr unsigned kOffsetBits = 12;

tl::unexpected<Error> bad_history(const char* what) {
  return fail(ErrorCode::corrupt, std::string("the state's history ") + what +
                                      "; restore the state from a snapshot or replay the blocks");
}

Result<UndoItem> parse_item(Input& in) {
  UndoItem item;
  const auto kind = in.read<std::uint8_t>();
  item.kind = static_cast<UndoKind>(kind & ~kErasedFlag);
  item.erased = (kind & kErasedFlag) != 0;
  item.previous.version = in.read<std::uint64_t>();
  item.previous.undo = in.read<std::uint32_t>();
  item.name = in.take(in.read<std::uint16_t>());
  item.content = in.take(in.read<std::uint32_t>());
  if (in.failed()) return bad_history("ends inside an item");
  if (item.kind < UndoKind::entry_absent || item.kind > UndoKind::page_hashes)
    return bad_history("holds an item of an unknown kind");
  return item;
}

Status restore_hashes(PageBody& body, ByteView patch) {
  Input in(patch);
  const auto mask = in.read<std::uint32_t>();
  if ((mask & ~body.present) != 0) return bad_history("changes nodes that were not there");
  for (unsigned i = 1; i < 32; ++i) {
    if (!(mask >> i & 1)) continue;
    const ByteView hash = in.take(Hash::kSize);
    if (in.failed()) break;
    body.hashes[body.rank(i)] = *Hash::from(hash);
  }
  if (!in.whole()) return bad_history("holds a page change of the wrong size");
  return {};
}

}  // namespace

Bytes history_key(std::uint64_t version, std::uint32_t chunk) {
  Bytes key;
  append_be64(key, version);
  append_be32(key, chunk);
  return key;
}

std::uint32_t HistoryWriter::add(const UndoItem& item) {
  if (!keeps()) return kNoUndo;
  const std::size_t size = 19 + item.name.size() + item.content.size();
  if (!open_.empty() && open_.size() + size > kChunkBytes) flush();
  const auto ref = chunk_ << kOffsetBits | static_cast<std::uint32_t>(open_.size());
  const auto flag = item.erased ? kErasedFlag : std::uint8_t{0};
  open_.push_back(static_cast<std::uint8_t>(item.kind) | flag);
  append_le(open_, item.previous.version);
  append_le(open_, item.previous.undo);
  append_le(open_, static_cast<std::uint16_t>(item.name.size()));
  append(open_, item.name);
  append_le(open_, static_cast<std::uint32_t>(item.content.size()));
  append(open_, item.content);
  return ref;
}

void HistoryWriter::flush() {
  if (open_.empty()) return;
  batch_->put(Table::history, history_key(version_, chunk_), open_);
  ++chunk_;
  open_.clear();
}

Result<UndoItem> read_undo(const StoreReader& reader, std::uint64_t version, std::uint32_t ref) {
  TRY(const auto chunk, reader.get(Table::history, history_key(version, ref >> kOffsetBits)));
  if (!chunk) return bad_history("lacks a version that a record still points to");
  const std::size_t offset = ref & ((1u << kOffsetBits) - 1);
  if (offset >= chunk->size()) return bad_history("is shorter than a record's reference into it");
  Input in(chunk->subspan(offset));
  return parse_item(in);
}

Result<std::vector<UndoItem>> parse_chunk(ByteView chunk) {
  std::vector<UndoItem> items;
  Input in(chunk);
  while (!in.rest().empty()) {
    TRY(const auto item, parse_item(in));
    items.push_back(item);
  }
  return items;
}

Result<StoredEntry> parse_entry(ByteView record) {
  Input in(record);
  StoredEntry entry;
  entry.stamp.version = in.read<std::uint64_t>();
  entry.stamp.undo = in.read<std::uint32_t>();
  const auto has_value = in.read<std::uint8_t>();
  if (in.failed() || has_value > 1 || (has_value == 0 && !in.rest().empty()))
    return bad_history("goes with an entry that is not whole");
  if (has_value == 1) entry.value = in.rest();
  return entry;
}

void put_entry(WriteBatch& batch, ByteView key, const StoredEntry& entry) {
  const std::size_t size = entry.value ? entry.value->size() : 0;
  const auto room = batch.reserve(Table::entries, key, kStampBytes + 1 + size);
  write_stamp(room.data(), entry.stamp);
  room[kStampBytes] = entry.value ? 1 : 0;
  if (size != 0) std::memcpy(room.data() + kStampBytes + 1, entry.value->data(), size);
}

Result<std::optional<ByteView>> entry_at(const StoreReader& reader, StoredEntry entry,
                                         std::uint64_t version) {
  while (entry.stamp.version > version) {
    if (entry.stamp.undo == kNoUndo) return std::optional<ByteView>{};
    TRY(const auto item, read_undo(reader, entry.stamp.version, entry.stamp.undo));
    if (item.kind > UndoKind::entry_value || item.previous.version >= entry.stamp.version)
      return bad_history("of an entry leads to something else");
    entry.stamp = item.previous;
    entry.value.reset();
    if (item.kind == UndoKind::entry_value) entry.value = item.content;
  }
  return entry.value;
}

Result<std::optional<PageBody>> page_at(const StoreReader& reader, const Position& position,
                                        std::uint64_t version) {
  TRY(const auto record, reader.get(Table::pages, position.view()));
  if (!record) return std::optional<PageBody>{};
  TRY(auto page, parse_page(*record));
  while (page.stamp.version > version) {
    if (page.stamp.undo == kNoUndo) return std::optional<PageBody>{};
    TRY(const auto item, read_undo(reader, page.stamp.version, page.stamp.undo));
    if (item.kind < UndoKind::page_full || item.previous.version >= page.stamp.version)
      return bad_history("of a page leads to something else");
    page.stamp = item.previous;
    if (item.kind == UndoKind::page_full) {
      TRY(page.body, parse_body(item.content));
    } else {
      TRY_STATUS(restore_hashes(page.body, item.content));
    }
  }
  if (page.body.present == 0) return std::optional<PageBody>{};
  return std::optional<PageBody>{std::move(page.body)};
}

}  // namespace cambium::state::detail
