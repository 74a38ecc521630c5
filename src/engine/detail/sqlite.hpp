// A thin owner of SQLite handles: statements that bind by position and step.
#pragma once

#include <sqlite3.h>

#include <filesystem>
#include <map>
#include <memory>
#include <string>

#include "base/bytes.hpp"
#include "base/result.hpp"

namespace cambium::engine::detail {

struct CloseDatabase {
  void operator()(sqlite3* db) const { sqlite3_close_v2(db); }
};
using Database = std::unique_ptr<sqlite3, CloseDatabase>;

/// Opens or makes the file, in write-ahead mode. A damaged file is `corrupt`.
Result<Database> open_database(const std::filesystem::path& file);
Status run(sqlite3* db, const char* sql);

/// One prepared statement. Columns and parameters count from 0.
class Statement {
 public:
  static Result<Statement> prepare(sqlite3* db, const std::string& sql);

  Statement& bind(std::int64_t value);
  Statement& bind(const std::string& value);
  Statement& bind(ByteView value);
  /// True while there is a row.
  Result<bool> step();
  /// For statements without rows.
  Status done();

  std::int64_t whole(int column) const { return sqlite3_column_int64(handle_.get(), column); }
  std::string text(int column) const;
  Bytes bytes(int column) const;
  /// Ready to be bound and stepped once more.
  void rewind();

 private:
  struct Finalize {
    void operator()(sqlite3_stmt* s) const { sqlite3_finalize(s); }
  };
  explicit Statement(sqlite3_stmt* handle) : handle_(handle) {}
  std::unique_ptr<sqlite3_stmt, Finalize> handle_;
  int next_ = 1;
};

/// Statements that are used again and again, parsed once. One user at a time.
class Statements {
 public:
  /// Rewound; borrowed until the same text is asked for again. `sql` is a literal.
  Result<Statement*> ready(sqlite3* db, const char* sql);

 private:
  std::map<const char*, Statement> known_;
};

}  // namespace cambium::engine::detail
