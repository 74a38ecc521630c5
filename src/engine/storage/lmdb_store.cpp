#include "engine/storage/lmdb_store.hpp"

#include <fmt/format.h>
#include <lmdb.h>

#include <array>

#include "base/check.hpp"
#include "base/crash_point.hpp"

namespace cambium::engine {
namespace {

using state::Durability;
using state::kTableCount;
using state::StoreReader;
using state::Table;

const CrashPoint kBeforeCommit("state_store.before_commit");
const CrashPoint kAfterCommit("state_store.after_commit");

constexpr std::array<const char*, kTableCount> kNames = {"entries", "pages", "history", "meta"};

using Tables = std::array<MDB_dbi, kTableCount>;

Error store_error(int code, std::string_view what) {
  const char* advice = "check the disk and its permissions, then start again";
  auto kind = ErrorCode::io;
  if (code == MDB_CORRUPTED || code == MDB_PAGE_NOTFOUND || code == MDB_INVALID) {
    kind = ErrorCode::corrupt;
    advice = "restore the state from a snapshot, or remove it to rebuild it from the blocks";
  } else if (code == MDB_MAP_FULL) {
    advice = "raise the state store's map_bytes, or prune more heights";
  } else if (code == ENOSPC) {
    advice = "the disk is full: free some space, then start again";
  } else if (code == MDB_READERS_FULL) {
    kind = ErrorCode::unavailable;
    advice = "too many queries read at once; try again";
  }
  return {kind, fmt::format("the state store could not {}: {}; {}", what, mdb_strerror(code),
                            advice)};
}

tl::unexpected<Error> failed(int code, std::string_view what) {
  return tl::unexpected<Error>(store_error(code, what));
}

MDB_val to_val(ByteView bytes) {
  return {bytes.size(), const_cast<std::uint8_t*>(bytes.data())};
}

ByteView to_view(const MDB_val& val) {
  return {static_cast<const std::uint8_t*>(val.mv_data), val.mv_size};
}

struct EnvCloser {
  void operator()(MDB_env* env) const { mdb_env_close(env); }
};
using Env = std::unique_ptr<MDB_env, EnvCloser>;

struct TxnAborter {
  void operator()(MDB_txn* txn) const { mdb_txn_abort(txn); }
};
using Txn = std::unique_ptr<MDB_txn, TxnAborter>;

struct CursorCloser {
  void operator()(MDB_cursor* cursor) const { mdb_cursor_close(cursor); }
};
using Cursor = std::unique_ptr<MDB_cursor, CursorCloser>;

Result<Txn> begin(MDB_env* env, unsigned flags) {
  MDB_txn* txn = nullptr;
  if (const int code = mdb_txn_begin(env, nullptr, flags, &txn); code != 0)
    return failed(code, "begin a transaction");
  return Txn(txn);
}

Result<Cursor> open_cursor(MDB_txn* txn, MDB_dbi table) {
  MDB_cursor* cursor = nullptr;
  if (const int code = mdb_cursor_open(txn, table, &cursor); code != 0)
    return failed(code, "open a cursor");
  return Cursor(cursor);
}

class LmdbReader final : public StoreReader {
 public:
  // The environment is shared so that a query that outlives the store's owner stays valid.
  LmdbReader(std::shared_ptr<MDB_env> env, Txn txn, const Tables& tables)
      : env_(std::move(env)), txn_(std::move(txn)), tables_(tables) {}

  Result<std::optional<ByteView>> get(Table table, ByteView key) const override {
    if (key.empty()) return std::optional<ByteView>{};
    MDB_val k = to_val(key), v{};
    const int code = mdb_get(txn_.get(), tables_[static_cast<std::size_t>(table)], &k, &v);
    if (code == MDB_NOTFOUND || code == MDB_BAD_VALSIZE) return std::optional<ByteView>{};
    if (code != 0) return failed(code, "read a record");
    return std::optional<ByteView>{to_view(v)};
  }

  Status scan(Table table, ByteView from, const Visit& visit) const override {
    TRY(const auto cursor, open_cursor(txn_.get(), tables_[static_cast<std::size_t>(table)]));
    MDB_val k = to_val(from), v{};
    int code = mdb_cursor_get(cursor.get(), &k, &v, from.empty() ? MDB_FIRST : MDB_SET_RANGE);
    while (code == 0 && visit(to_view(k), to_view(v)))
      code = mdb_cursor_get(cursor.get(), &k, &v, MDB_NEXT);
    if (code != 0 && code != MDB_NOTFOUND) return failed(code, "read a range");
    return {};
  }

 private:
  std::shared_ptr<MDB_env> env_;
  Txn txn_;
  Tables tables_;
};

class LmdbStore final : public state::NodeStore {
 public:
  explicit LmdbStore(Env env) : env_(std::move(env)) {}

  Status open_tables() {
    TRY(auto txn, begin(env_.get(), 0));
    for (std::size_t i = 0; i < kTableCount; ++i)
      if (const int code = mdb_dbi_open(txn.get(), kNames[i], MDB_CREATE, &tables_[i]); code != 0)
        return failed(code, "open its tables");
    if (const int code = mdb_txn_commit(txn.release()); code != 0)
      return failed(code, "make its tables");
    return {};
  }

  Result<std::unique_ptr<StoreReader>> read() const override {
    TRY(auto txn, begin(env_.get(), MDB_RDONLY));
    return std::make_unique<LmdbReader>(env_, std::move(txn), tables_);
  }

  Status write(const state::WriteBatch& batch, Durability durability) override {
    const bool buffered = durability == Durability::buffered;
    if (const int code = mdb_env_set_flags(env_.get(), MDB_NOSYNC, buffered ? 1 : 0); code != 0)
      return failed(code, "choose its durability");
    TRY(auto txn, begin(env_.get(), 0));
    TRY_STATUS(fill(txn.get(), batch));
    kBeforeCommit.pass();
    if (const int code = mdb_txn_commit(txn.release()); code != 0)
      return failed(code, "commit a height");
    kAfterCommit.pass();
    return {};
  }

  Status sync() override {
    const int code = mdb_env_sync(env_.get(), 1);
    return code == 0 ? Status{} : failed(code, "sync to the disk");
  }

 private:
  // Batches come mostly in key order, where a cursor finds the next place without a descent.
  Status fill(MDB_txn* txn, const state::WriteBatch& batch) {
    std::array<Cursor, kTableCount> cursors;
    for (std::size_t i = 0; i < kTableCount; ++i) {
      TRY(cursors[i], open_cursor(txn, tables_[i]));
    }
    for (const auto& record : batch.records()) {
      MDB_cursor* cursor = cursors[static_cast<std::size_t>(record.table)].get();
      MDB_val k = to_val(batch.key(record)), v = to_val(batch.value(record));
      int code = 0;
      if (record.erase) {
        code = mdb_cursor_get(cursor, &k, nullptr, MDB_SET);
        if (code == 0) code = mdb_cursor_del(cursor, 0);
        if (code == MDB_NOTFOUND) code = 0;
      } else if (record.table == Table::history) {
        code = mdb_cursor_put(cursor, &k, &v, MDB_APPEND);  // versions and chunks only grow
        if (code == MDB_KEYEXIST) code = mdb_cursor_put(cursor, &k, &v, 0);
      } else {
        code = mdb_cursor_put(cursor, &k, &v, 0);
      }
      if (code != 0) return failed(code, "write a record");
    }
    return {};
  }

  std::shared_ptr<MDB_env> env_;
  Tables tables_{};
};

// LMDB reads through a mapping, where a page that the file does not have is a bus error.
Status check_length(MDB_env* env, const std::filesystem::path& folder) {
  MDB_envinfo info{};
  MDB_stat pages{};
  if (int code = mdb_env_info(env, &info); code != 0) return failed(code, "look at itself");
  if (int code = mdb_env_stat(env, &pages); code != 0) return failed(code, "look at itself");
  std::error_code error;
  const auto size = std::filesystem::file_size(folder / "data.mdb", error);
  if (!error && size >= (info.me_last_pgno + 1) * std::uintmax_t{pages.ms_psize}) return {};
  return failed(MDB_CORRUPTED, fmt::format("use {}, which was cut short", folder.string()));
}

}  // namespace

Result<std::unique_ptr<state::NodeStore>> open_lmdb_store(const std::filesystem::path& folder,
                                                          LmdbOptions options) {
  std::error_code made;
  std::filesystem::create_directories(folder, made);
  if (made)
    return fail(ErrorCode::io, fmt::format("the state folder {} could not be made: {}; check its "
                                           "permissions and the disk",
                                           folder.string(), made.message()));
  MDB_env* raw = nullptr;
  if (const int code = mdb_env_create(&raw); code != 0) return failed(code, "start");
  Env env(raw);
  mdb_env_set_maxdbs(raw, kTableCount);
  mdb_env_set_maxreaders(raw, options.max_readers);
  int code = mdb_env_set_mapsize(raw, options.map_bytes);
  // Readers move between threads (a view is made on one and used on another): MDB_NOTLS.
  if (code == 0) code = mdb_env_open(raw, folder.c_str(), MDB_NOTLS | MDB_NORDAHEAD, 0644);
  if (code != 0) return failed(code, fmt::format("open {}", folder.string()));
  TRY_STATUS(check_length(raw, folder));
  auto store = std::make_unique<LmdbStore>(std::move(env));
  TRY_STATUS(store->open_tables());
  return store;
}

}  // namespace cambium::engine
