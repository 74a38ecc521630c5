#include "state/bulk.hpp"

#include "base/crash_point.hpp"
#include "state/detail/changes.hpp"
#include "state/detail/meta.hpp"
#include "state/detail/page_cache.hpp"
#include "state/detail/stager.hpp"

namespace cambium::state {
namespace {

// Snapshots come in path order, so that a page is rarely needed again once it was left.
constexpr std::size_t kCacheBytes = 32u << 20;
constexpr std::size_t kCopyBytes = 16u << 20;
constexpr std::size_t kEraseAtOnce = 50'000;
const CrashPoint kAfterBatch("state.bulk.after_batch");
const CrashPoint kBeforeFinish("state.bulk.before_finish");

/// The keys of up to `kEraseAtOnce` records of one table, to be erased.
Result<std::size_t> erase_some(NodeStore& store, Table table) {
  WriteBatch batch;
  {
    TRY(const auto reader, store.read());
    TRY_STATUS(reader->scan(table, {}, [&](ByteView key, ByteView) {
      batch.erase(table, key);
      return batch.records().size() < kEraseAtOnce;
    }));
  }
  if (batch.records().empty()) return std::size_t{0};
  TRY_STATUS(store.write(batch, Durability::buffered));
  return batch.records().size();
}

}  // namespace

struct BulkWriter::Impl {
  Impl(NodeStore& node_store, Height at) : store(node_store), height(at), cache(kCacheBytes) {}

  Status stage(const StoreReader& reader, std::span<const Update> updates);

  NodeStore& store;
  Height height;
  detail::PageCache cache;
  detail::StagerMemory memory;
  WriteBatch batch;
  Hash root;
};

Status BulkWriter::Impl::stage(const StoreReader& reader, std::span<const Update> updates) {
  TRY_STATUS(cache.ensure_top(reader));
  auto history = detail::HistoryWriter::none(height.value);
  TRY(auto changes, detail::collect_changes(reader, updates, batch, history));
  if (changes.empty()) return {};
  detail::Stager stager(cache.top(), reader, height.value, memory);
  TRY_STATUS(stager.apply(changes));
  stager.write(batch, history);
  cache.count(stager.pages_loaded());
  root = cache.top().body.hash(1);
  return {};
}

BulkWriter::BulkWriter(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
BulkWriter::BulkWriter(BulkWriter&&) noexcept = default;
BulkWriter& BulkWriter::operator=(BulkWriter&&) noexcept = default;
BulkWriter::~BulkWriter() = default;

Result<BulkWriter> BulkWriter::begin(NodeStore& store, Height height) {
  TRY_STATUS(clear_unfinished(store));
  TRY(const auto reader, store.read());
  TRY(const auto heights, detail::read_heights(*reader));
  if (heights) {
    return fail(ErrorCode::already_exists,
                "the state store already holds a height; import a snapshot into an empty one");
  }
  WriteBatch mark;
  detail::put_unfinished(mark);
  TRY_STATUS(store.write(mark, Durability::synced));
  return BulkWriter(std::make_unique<Impl>(store, height));
}

Status BulkWriter::add(std::span<const Update> updates) {
  auto& w = *impl_;
  w.batch.clear();
  {
    TRY(const auto reader, w.store.read());
    TRY_STATUS(w.stage(*reader, updates));
  }
  TRY_STATUS(w.store.write(w.batch, Durability::buffered));
  w.cache.shrink(w.height.value);
  kAfterBatch.pass();
  return {};
}

Hash BulkWriter::root() const { return impl_->root; }

Status BulkWriter::finish(const Hash& root, std::span<const MetaRecord> records) {
  auto& w = *impl_;
  if (w.root != root) {
    return fail(ErrorCode::corrupt, "the snapshot does not lead to the root it promises; take "
                                    "another one");
  }
  w.batch.clear();
  w.batch.put(Table::meta, detail::root_key(w.height), root);
  detail::put_heights(w.batch, {w.height, w.height});
  detail::drop_unfinished(w.batch);
  for (const auto& record : records) w.batch.put(Table::meta, record.key, record.value);
  kBeforeFinish.pass();
  return w.store.write(w.batch, Durability::synced);
}

Status copy_height(const HeightView& from, NodeStore& to) {
  TRY(auto writer, BulkWriter::begin(to, from.height()));
  std::vector<std::pair<Bytes, Bytes>> entries;
  std::size_t bytes = 0;
  const auto flush = [&]() -> Status {
    std::vector<Update> updates;
    updates.reserve(entries.size());
    for (const auto& [key, value] : entries) updates.push_back({key, ByteView(value)});
    const Status added = writer.add(updates);
    entries.clear();
    bytes = 0;
    return added;
  };
  Status status;
  from.scan({}, [&](ByteView key, ByteView value) {
    entries.emplace_back(to_bytes(key), to_bytes(value));
    bytes += key.size() + value.size();
    if (bytes >= kCopyBytes) status = flush();
    return status.has_value();
  });
  TRY_STATUS(status);
  TRY_STATUS(from.health());
  TRY_STATUS(flush());
  return writer.finish(from.root());
}

Status clear_unfinished(NodeStore& store) {
  {
    TRY(const auto reader, store.read());
    TRY(const bool unfinished, detail::is_unfinished(*reader));
    if (!unfinished) return {};
  }
  for (const Table table : {Table::entries, Table::pages, Table::history}) {
    for (std::size_t erased = 1; erased > 0;) {
      TRY(erased, erase_some(store, table));
    }
  }
  WriteBatch batch;
  detail::drop_unfinished(batch);
  return store.write(batch, Durability::synced);
}

}  // namespace cambium::state
