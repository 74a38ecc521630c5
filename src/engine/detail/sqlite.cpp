#include "engine/detail/sqlite.hpp"

#include <fmt/format.h>

namespace cambium::engine::detail {
namespace {

tl::unexpected<Error> trouble(sqlite3* db) {
  int code = sqlite3_errcode(db);
  bool damaged = code == SQLITE_CORRUPT || code == SQLITE_NOTADB;
  return fail(damaged ? ErrorCode::corrupt : ErrorCode::io,
              fmt::format("The index database refused: {}. It may be deleted while the node is "
                          "stopped; it is filled again from the chain.", sqlite3_errmsg(db)));
}

}  // namespace

Result<Database> open_database(const std::filesystem::path& file) {
  sqlite3* raw = nullptr;
  int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_FULLMUTEX;
  int code = sqlite3_open_v2(file.c_str(), &raw, flags, nullptr);
  Database db(raw);
  if (code != SQLITE_OK) return trouble(raw);
  sqlite3_busy_timeout(raw, 5'000);
  // The index can be made again, so a power cut may cost its newest rows but never its form.
  TRY_STATUS(run(raw, "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;"));
  return db;
}

Status run(sqlite3* db, const char* sql) {
  if (sqlite3_exec(db, sql, nullptr, nullptr, nullptr) != SQLITE_OK) return trouble(db);
  return {};
}

Result<Statement> Statement::prepare(sqlite3* db, const std::string& sql) {
  sqlite3_stmt* handle = nullptr;
  if (sqlite3_prepare_v2(db, sql.data(), static_cast<int>(sql.size()), &handle, nullptr) !=
      SQLITE_OK) {
    return trouble(db);
  }
  return Statement(handle);
}

Statement& Statement::bind(std::int64_t value) {
  sqlite3_bind_int64(handle_.get(), next_++, value);
  return *this;
}

Statement& Statement::bind(const std::string& value) {
  sqlite3_bind_text(handle_.get(), next_++, value.data(), static_cast<int>(value.size()),
                    SQLITE_TRANSIENT);
  return *this;
}

Statement& Statement::bind(ByteView value) {
  sqlite3_bind_blob(handle_.get(), next_++, value.data(), static_cast<int>(value.size()),
                    SQLITE_TRANSIENT);
  return *this;
}

Result<bool> Statement::step() {
  int code = sqlite3_step(handle_.get());
  if (code == SQLITE_ROW) return true;
  if (code == SQLITE_DONE) return false;
  return trouble(sqlite3_db_handle(handle_.get()));
}

Status Statement::done() {
  TRY(bool row, step());
  static_cast<void>(row);
  rewind();
  return {};
}

void Statement::rewind() {
  sqlite3_reset(handle_.get());
  next_ = 1;
}

Result<Statement*> Statements::ready(sqlite3* db, const char* sql) {
  auto found = known_.find(sql);
  if (found == known_.end()) {
    TRY(auto made, Statement::prepare(db, sql));
    found = known_.emplace(sql, std::move(made)).first;
  }
  found->second.rewind();
  return &found->second;
}

std::string Statement::text(int column) const {
  const auto* data = sqlite3_column_text(handle_.get(), column);
  auto size = static_cast<std::size_t>(sqlite3_column_bytes(handle_.get(), column));
  return data == nullptr ? std::string() : std::string(reinterpret_cast<const char*>(data), size);
}

Bytes Statement::bytes(int column) const {
  const auto* data = static_cast<const std::uint8_t*>(sqlite3_column_blob(handle_.get(), column));
  auto size = static_cast<std::size_t>(sqlite3_column_bytes(handle_.get(), column));
  return data == nullptr ? Bytes() : Bytes(data, data + size);
}

}  // namespace cambium::engine::detail
