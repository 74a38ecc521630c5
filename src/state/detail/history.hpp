// What records held before a version replaced them: one sequential run of chunks per version.
// Reading an older height starts at the newest record and follows its stamps back; pruning drops
// whole versions from the old end, so neither writing nor pruning touches scattered places.
#pragma once

#include "state/detail/page.hpp"
#include "state/node_store.hpp"

namespace cambium::state::detail {

/// A chunk holds about one disk page; a reference is chunk << 12 | offset of the item in it.
inline constexpr std::size_t kChunkBytes = 4064;

enum class UndoKind : std::uint8_t {
  entry_absent = 1,  // the state key had no value
  entry_value = 2,   // the state key had this value
  page_full = 3,     // the page had this body
  page_hashes = 4,   // the page had the same nodes, some with other hashes
};

/// One predecessor. The views point into the chunk.
struct UndoItem {
  UndoKind kind{};
  bool erased = false;  // the version left a tombstone, which pruning it removes
  Stamp previous;
  ByteView name;     // the state key, or the page's position
  ByteView content;  // value, body, or mask (4 bytes) and hashes
};

class HistoryWriter {
 public:
  HistoryWriter(WriteBatch& batch, std::uint64_t version) : batch_(&batch), version_(version) {}
  /// Keeps nothing: for a first version, which has no past.
  static HistoryWriter none(std::uint64_t version) { return HistoryWriter(version); }
  bool keeps() const { return batch_ != nullptr; }

  /// Where the item will be found; `kNoUndo` when nothing is kept. `flush` after the last one.
  std::uint32_t add(const UndoItem& item);
  void flush();
  std::uint64_t version() const { return version_; }
  /// False when one version holds more than references can address (4 GiB).
  bool fits() const { return chunk_ < (1u << 20) - 1; }

 private:
  explicit HistoryWriter(std::uint64_t version) : version_(version) {}

  WriteBatch* batch_ = nullptr;
  std::uint64_t version_;
  std::uint32_t chunk_ = 0;
  Bytes open_;
};

Bytes history_key(std::uint64_t version, std::uint32_t chunk);
Result<UndoItem> read_undo(const StoreReader& reader, std::uint64_t version, std::uint32_t ref);
/// Every item of a chunk, in order.
Result<std::vector<UndoItem>> parse_chunk(ByteView chunk);

/// A record of the table of entries: stamp, whether there is a value, the value.
struct StoredEntry {
  Stamp stamp;
  std::optional<ByteView> value;  // nothing: a tombstone
};
Result<StoredEntry> parse_entry(ByteView record);
void put_entry(WriteBatch& batch, ByteView key, const StoredEntry& entry);

/// The value of `key` as of `version`, starting from its newest record.
Result<std::optional<ByteView>> entry_at(const StoreReader& reader, StoredEntry newest,
                                         std::uint64_t version);
/// The page as of `version`; nothing where there was none.
Result<std::optional<PageBody>> page_at(const StoreReader& reader, const Position& position,
                                        std::uint64_t version);

}  // namespace cambium::state::detail
