#include "state/detail/pruner.hpp"

#include "state/detail/history.hpp"

namespace cambium::state::detail {
namespace {

class Pruner {
 public:
  Pruner(const StoreReader& reader, const Heights& heights, std::size_t max_records)
      : reader_(reader), heights_(heights), max_records_(max_records) {
    put_heights(batch_, heights);
  }

  Status history();
  Status roots();
  const WriteBatch& batch() const { return batch_; }
  const PruneProgress& progress() const { return progress_; }

 private:
  bool room() {
    if (progress_.erased < max_records_) return true;
    progress_.done = false;
    return false;
  }
  void erase(Table table, ByteView key) {
    batch_.erase(table, key);
    ++progress_.erased;
  }
  Status tombstones(std::uint64_t version, ByteView chunk);

  const StoreReader& reader_;
  Heights heights_;
  std::size_t max_records_;
  WriteBatch batch_;
  PruneProgress progress_;
};

// Version v's history leads from height v to v - 1, so the oldest height itself needs none.
Status Pruner::history() {
  Status status;
  const auto visit = [&](ByteView key, ByteView chunk) {
    const std::uint64_t version = key.size() == 12 ? read_be64(key.first(8)) : 0;
    if (key.size() == 12 && version > heights_.oldest.value) return false;
    if (!room()) return false;
    status = tombstones(version, chunk);
    erase(Table::history, key);
    return status.has_value();
  };
  TRY_STATUS(reader_.scan(Table::history, history_key(0, 0), visit));
  return status;
}

// A tombstone only tells older heights that something was here, so it goes with the last of them.
Status Pruner::tombstones(std::uint64_t version, ByteView chunk) {
  TRY(const auto items, parse_chunk(chunk));
  for (const auto& item : items) {
    if (!item.erased) continue;
    const bool is_entry = item.kind <= UndoKind::entry_value;
    const Table table = is_entry ? Table::entries : Table::pages;
    TRY(const auto record, reader_.get(table, item.name));
    if (!record) continue;
    if (is_entry) {
      TRY(const auto entry, parse_entry(*record));
      if (entry.value || entry.stamp.version != version) continue;
    } else {
      TRY(const auto page, parse_page(*record));
      if (page.body.present != 0 || page.stamp.version != version) continue;
    }
    erase(table, item.name);
  }
  return {};
}

Status Pruner::roots() {
  const Bytes first = root_key({0}), end = root_key(heights_.oldest);
  return reader_.scan(Table::meta, first, [&](ByteView key, ByteView) {
    if (!less(key, end) || !room()) return false;
    erase(Table::meta, key);
    return true;
  });
}

}  // namespace

Result<PruneProgress> prune(NodeStore& store, const Heights& heights, std::size_t max_records) {
  TRY(auto reader, store.read());
  Pruner pruner(*reader, heights, max_records);
  TRY_STATUS(pruner.history());
  TRY_STATUS(pruner.roots());
  auto progress = pruner.progress();
  TRY_STATUS(store.write(pruner.batch(), Durability::buffered));
  return progress;
}

}  // namespace cambium::state::detail
