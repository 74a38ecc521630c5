#include "state/node_store.hpp"

#include <array>
#include <cstring>
#include <map>

#include "base/check.hpp"

namespace cambium::state {

void WriteBatch::put(Table table, ByteView key, ByteView value) {
  const auto room = reserve(table, key, value.size());
  if (!value.empty()) std::memcpy(room.data(), value.data(), value.size());
}

void WriteBatch::erase(Table table, ByteView key) {
  reserve(table, key, 0);
  records_.back().erase = true;
}

std::span<std::uint8_t> WriteBatch::reserve(Table table, ByteView key, std::size_t value_size) {
  CHECK(key.size() <= UINT16_MAX && value_size <= UINT32_MAX, "a record's sizes fit its header");
  const std::size_t offset = arena_.size();
  records_.push_back({table, false, static_cast<std::uint16_t>(key.size()),
                      static_cast<std::uint32_t>(value_size), offset});
  arena_.insert(arena_.end(), key.begin(), key.end());
  arena_.resize(arena_.size() + value_size);
  return std::span(arena_).subspan(offset + key.size());
}

void WriteBatch::clear() {
  records_.clear();
  arena_.clear();
}

namespace {

struct Less {
  using is_transparent = void;
  bool operator()(ByteView a, ByteView b) const { return less(a, b); }
};
using Tables = std::array<std::map<Bytes, Bytes, Less>, kTableCount>;

class MemoryReader final : public StoreReader {
 public:
  explicit MemoryReader(std::shared_ptr<const Tables> tables) : tables_(std::move(tables)) {}

  Result<std::optional<ByteView>> get(Table table, ByteView key) const override {
    const auto& map = (*tables_)[static_cast<std::size_t>(table)];
    const auto it = map.find(key);
    if (it == map.end()) return std::optional<ByteView>{};
    return std::optional<ByteView>{it->second};
  }

  Status scan(Table table, ByteView from, const Visit& visit) const override {
    const auto& map = (*tables_)[static_cast<std::size_t>(table)];
    for (auto it = map.lower_bound(from); it != map.end(); ++it)
      if (!visit(it->first, it->second)) break;
    return {};
  }

 private:
  std::shared_ptr<const Tables> tables_;
};

// Readers share the tables; a write copies them first when a reader still holds them. Meant for
// tests and one thread.
class MemoryStore final : public NodeStore {
 public:
  Result<std::unique_ptr<StoreReader>> read() const override {
    return std::make_unique<MemoryReader>(tables_);
  }

  Status write(const WriteBatch& batch, Durability) override {
    if (tables_.use_count() > 1) tables_ = std::make_shared<Tables>(*tables_);
    for (const auto& record : batch.records()) {
      auto& map = (*tables_)[static_cast<std::size_t>(record.table)];
      const ByteView key = batch.key(record), value = batch.value(record);
      auto it = map.find(key);
      if (record.erase) {
        if (it != map.end()) map.erase(it);
      } else if (it != map.end()) {
        it->second.assign(value.begin(), value.end());
      } else {
        map.emplace(to_bytes(key), to_bytes(value));
      }
    }
    return {};
  }

  Status sync() override { return {}; }

 private:
  std::shared_ptr<Tables> tables_ = std::make_shared<Tables>();
};

}  // namespace

std::unique_ptr<NodeStore> make_memory_store() { return std::make_unique<MemoryStore>(); }

}  // namespace cambium::state
