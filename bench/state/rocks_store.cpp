// RocksDB under the state tree, for comparison with the LMDB store that the engine uses.
#include <rocksdb/db.h>
#include <rocksdb/filter_policy.h>
#include <rocksdb/table.h>

#include "stores.hpp"

namespace cambium::bench {
namespace {

using state::Durability;
using state::kTableCount;
using state::Table;

rocksdb::Slice slice(ByteView bytes) {
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}
ByteView view(const rocksdb::Slice& s) { return as_bytes(s.ToStringView()); }

tl::unexpected<Error> failed(const rocksdb::Status& status) {
  return fail(ErrorCode::io, "RocksDB: " + status.ToString());
}

struct Database {
  std::unique_ptr<rocksdb::DB> db;
  std::vector<rocksdb::ColumnFamilyHandle*> tables;
  ~Database() {
    for (auto* table : tables) db->DestroyColumnFamilyHandle(table);
  }
};

class RocksReader final : public state::StoreReader {
 public:
  explicit RocksReader(std::shared_ptr<Database> database)
      : database_(std::move(database)), snapshot_(database_->db->GetSnapshot()) {}
  ~RocksReader() override { database_->db->ReleaseSnapshot(snapshot_); }

  Result<std::optional<ByteView>> get(Table table, ByteView key) const override {
    auto& pinned = pinned_.emplace_back(std::make_unique<rocksdb::PinnableSlice>());
    const auto status = database_->db->Get(options(), handle(table), slice(key), pinned.get());
    if (status.IsNotFound()) return std::optional<ByteView>{};
    if (!status.ok()) return failed(status);
    return std::optional<ByteView>{view(*pinned)};
  }

  Status scan(Table table, ByteView from, const Visit& visit) const override {
    std::unique_ptr<rocksdb::Iterator> it(database_->db->NewIterator(options(), handle(table)));
    for (it->Seek(slice(from)); it->Valid(); it->Next())
      if (!visit(view(it->key()), view(it->value()))) break;
    return it->status().ok() ? Status{} : failed(it->status());
  }

 private:
  rocksdb::ReadOptions options() const {
    rocksdb::ReadOptions o;
    o.snapshot = snapshot_;
    o.verify_checksums = false;
    return o;
  }
  rocksdb::ColumnFamilyHandle* handle(Table table) const {
    return database_->tables[static_cast<std::size_t>(table)];
  }

  std::shared_ptr<Database> database_;
  const rocksdb::Snapshot* snapshot_;
  mutable std::vector<std::unique_ptr<rocksdb::PinnableSlice>> pinned_;
};

class RocksStore final : public state::NodeStore {
 public:
  explicit RocksStore(std::shared_ptr<Database> database) : database_(std::move(database)) {}

  Result<std::unique_ptr<state::StoreReader>> read() const override {
    return std::make_unique<RocksReader>(database_);
  }

  Status write(const state::WriteBatch& batch, Durability durability) override {
    rocksdb::WriteBatch out(batch.bytes() + 16 * batch.records().size());
    for (const auto& r : batch.records()) {
      auto* table = database_->tables[static_cast<std::size_t>(r.table)];
      if (r.erase) {
        out.Delete(table, slice(batch.key(r)));
      } else {
        out.Put(table, slice(batch.key(r)), slice(batch.value(r)));
      }
    }
    rocksdb::WriteOptions options;
    options.sync = durability == Durability::synced;
    const auto status = database_->db->Write(options, &out);
    return status.ok() ? Status{} : failed(status);
  }

  Status sync() override {
    const auto status = database_->db->SyncWAL();
    return status.ok() ? Status{} : failed(status);
  }

 private:
  std::shared_ptr<Database> database_;
};

}  // namespace

Result<std::unique_ptr<state::NodeStore>> open_rocks_store(const std::filesystem::path& folder) {
  rocksdb::BlockBasedTableOptions table;
  table.filter_policy.reset(rocksdb::NewBloomFilterPolicy(10));
  table.block_cache = rocksdb::NewLRUCache(512 << 20);
  rocksdb::ColumnFamilyOptions family;
  family.table_factory.reset(rocksdb::NewBlockBasedTableFactory(table));
  family.write_buffer_size = 64 << 20;
  family.compression = rocksdb::kNoCompression;
  rocksdb::DBOptions options;
  options.create_if_missing = true;
  options.create_missing_column_families = true;
  std::vector<rocksdb::ColumnFamilyDescriptor> families;
  for (const char* name : {"default", "pages", "history", "meta"})
    families.emplace_back(name, family);
  auto database = std::make_shared<Database>();
  rocksdb::DB* db = nullptr;
  const auto status =
      rocksdb::DB::Open(options, folder.string(), families, &database->tables, &db);
  if (!status.ok()) return failed(status);
  database->db.reset(db);
  return std::make_unique<RocksStore>(std::move(database));
}

}  // namespace cambium::bench
