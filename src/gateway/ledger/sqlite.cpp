#include "gateway/ledger/sqlite.hpp"

#include <fmt/format.h>

#include "base/check.hpp"

namespace cambium::gateway {
namespace {

Error error_of(sqlite3* db, std::string_view doing) {
  const int code = sqlite3_errcode(db) & 0xff;
  const char* advice = "check the file's permissions and the disk";
  if (code == SQLITE_FULL) advice = "the disk is full: free some space and retry";
  if (code == SQLITE_BUSY) advice = "another process holds it: stop the other node on this home";
  if (code == SQLITE_CORRUPT) advice = "restore the file from the last backup";
  const auto kind = code == SQLITE_CORRUPT ? ErrorCode::corrupt : ErrorCode::io;
  return {kind, fmt::format("{}: {}; {}", doing, sqlite3_errmsg(db), advice)};
}

}  // namespace

Statement::Statement(sqlite3* db, const char* sql) : db_(db) {
  sqlite3_stmt* raw = nullptr;
  const int code = sqlite3_prepare_v3(db, sql, -1, SQLITE_PREPARE_PERSISTENT, &raw, nullptr);
  CHECK(code == SQLITE_OK, sqlite3_errmsg(db));
  statement_.reset(raw);
}

Statement& Statement::bind(int at, ByteView blob) {
  sqlite3_bind_blob64(statement_.get(), at, blob.data(), blob.size(), SQLITE_TRANSIENT);
  return *this;
}

Statement& Statement::bind(int at, std::int64_t number) {
  sqlite3_bind_int64(statement_.get(), at, number);
  return *this;
}

Statement& Statement::bind(int at, std::string_view text) {
  sqlite3_bind_text(statement_.get(), at, text.data(), int(text.size()), SQLITE_TRANSIENT);
  return *this;
}

bool Statement::step() {
  last_ = sqlite3_step(statement_.get());
  return last_ == SQLITE_ROW;
}

Status Statement::status() const {
  if (last_ == SQLITE_OK || last_ == SQLITE_ROW || last_ == SQLITE_DONE) return {};
  return tl::unexpected(error_of(db_, "the database refused a statement"));
}

std::int64_t Statement::number(int column) const {
  return sqlite3_column_int64(statement_.get(), column);
}

Bytes Statement::blob(int column) const {
  const auto* data =
      static_cast<const std::uint8_t*>(sqlite3_column_blob(statement_.get(), column));
  return {data, data + sqlite3_column_bytes(statement_.get(), column)};
}

std::string Statement::text(int column) const {
  const auto* data = reinterpret_cast<const char*>(sqlite3_column_text(statement_.get(), column));
  return data ? std::string(data, std::size_t(sqlite3_column_bytes(statement_.get(), column))) : "";
}

Statement& Statement::reset() {
  sqlite3_reset(statement_.get());
  sqlite3_clear_bindings(statement_.get());
  last_ = SQLITE_OK;
  return *this;
}

Result<Database> Database::open(const std::filesystem::path& file) {
  Database database;
  sqlite3* raw = nullptr;
  const int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_FULLMUTEX;
  const int code = sqlite3_open_v2(file.c_str(), &raw, flags, nullptr);
  database.db_.reset(raw);
  const auto doing = "cannot open " + file.string();
  if (code != SQLITE_OK) return tl::unexpected(error_of(raw, doing));
  sqlite3_busy_timeout(raw, 5000);
  for (auto pragma : {"PRAGMA journal_mode=WAL", "PRAGMA synchronous=FULL",
                      "PRAGMA foreign_keys=ON"}) {
    if (auto status = database.execute(pragma); !status) {
      return tl::unexpected(std::move(status).error().in(doing));
    }
  }
  return database;
}

Status Database::execute(const char* sql) {
  if (sqlite3_exec(db_.get(), sql, nullptr, nullptr, nullptr) == SQLITE_OK) return {};
  return tl::unexpected(error_of(db_.get(), "the database refused a statement"));
}

}  // namespace cambium::gateway
