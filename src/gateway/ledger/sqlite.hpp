// A thin owner of a SQLite connection and its prepared statements.
#pragma once

#include <sqlite3.h>

#include <filesystem>
#include <memory>
#include <string>

#include "base/bytes.hpp"
#include "base/result.hpp"

namespace cambium::gateway {

/// A prepared statement; parameters and columns count from 1 and 0 as SQLite's own do.
class Statement {
 public:
  Statement(sqlite3* db, const char* sql);
  Statement& bind(int at, ByteView blob);
  Statement& bind(int at, std::int64_t number);
  Statement& bind(int at, std::string_view text);
  /// True when a row is there to read. A failure is kept until `status`.
  bool step();
  Status status() const;
  std::int64_t number(int column) const;
  Bytes blob(int column) const;
  std::string text(int column) const;
  /// Ready for new parameters.
  Statement& reset();

 private:
  struct Finalize {
    void operator()(sqlite3_stmt* s) const { sqlite3_finalize(s); }
  };
  std::unique_ptr<sqlite3_stmt, Finalize> statement_;
  sqlite3* db_;
  int last_ = SQLITE_OK;
};

class Database {
 public:
  /// Opens or creates the file with a write-ahead log synced at every commit.
  static Result<Database> open(const std::filesystem::path& file);
  Status execute(const char* sql);
  sqlite3* handle() const { return db_.get(); }

 private:
  struct Close {
    void operator()(sqlite3* db) const { sqlite3_close_v2(db); }
  };
  std::unique_ptr<sqlite3, Close> db_;
};

}  // namespace cambium::gateway
