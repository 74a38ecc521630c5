// Where versioned state keeps its bytes: four ordered tables, written in one atomic batch.
// The memory back end is here; the durable one is engine/storage.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <vector>

#include "base/bytes.hpp"
#include "base/result.hpp"

namespace cambium::state {

enum class Table : std::uint8_t {
  entries,  // state key -> newest value; the table that reads and ordered scans go to
  pages,    // position in the Merkle tree -> newest page
  history,  // version and chunk -> what the two tables above held before that version
  meta,     // roots by version, the newest version, and the owner's own records
};
inline constexpr std::size_t kTableCount = 4;

/// Whether a write returns before or after the disk has it.
enum class Durability : std::uint8_t { buffered, synced };

/// Puts and erases of one version, in the order in which they are applied. The bytes live in one
/// arena, so that building a batch of many thousand records allocates a handful of times.
class WriteBatch {
 public:
  struct Record {
    Table table;
    bool erase;
    std::uint16_t key_size;
    std::uint32_t value_size;
    std::size_t offset;  // of the key in the arena; the value follows it
  };

  void put(Table table, ByteView key, ByteView value);
  void erase(Table table, ByteView key);
  /// Room for a value that the caller fills before the batch is touched again.
  std::span<std::uint8_t> reserve(Table table, ByteView key, std::size_t value_size);
  void clear();
  /// Room for about that much, so that a large batch is not copied as it grows.
  void expect_bytes(std::size_t bytes) { arena_.reserve(bytes); }

  const std::vector<Record>& records() const { return records_; }
  ByteView key(const Record& r) const { return {arena_.data() + r.offset, r.key_size}; }
  ByteView value(const Record& r) const {
    return {arena_.data() + r.offset + r.key_size, r.value_size};
  }
  std::size_t bytes() const { return arena_.size(); }

 private:
  std::vector<Record> records_;
  Bytes arena_;
};

/// A consistent picture of the store. The bytes it returns live as long as it does.
class StoreReader {
 public:
  using Visit = std::function<bool(ByteView key, ByteView value)>;

  virtual ~StoreReader() = default;
  virtual Result<std::optional<ByteView>> get(Table table, ByteView key) const = 0;
  /// Ascending from the first key that is not less than `from`, until `visit` returns false.
  virtual Status scan(Table table, ByteView from, const Visit& visit) const = 0;
};

/// One writer at a time; readers may be opened and used on other threads while it writes.
class NodeStore {
 public:
  virtual ~NodeStore() = default;
  virtual Result<std::unique_ptr<StoreReader>> read() const = 0;
  /// All records or none, also across a crash.
  virtual Status write(const WriteBatch& batch, Durability durability) = 0;
  /// Makes every earlier buffered write durable: the other half of a group commit.
  virtual Status sync() = 0;
};

std::unique_ptr<NodeStore> make_memory_store();

}  // namespace cambium::state
