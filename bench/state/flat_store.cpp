#include <array>
#include <cstring>
#include <deque>

#include "base/check.hpp"
#include "stores.hpp"

namespace cambium::bench {
namespace {

using state::kTableCount;
using state::Table;

// Open addressing over entries that stay where they are; erased ones become empty values.
class Map {
 public:
  struct Entry {
    Bytes key, value;
    bool present = true;
  };

  const Entry* find(ByteView key) const {
    const Slot& slot = slots_[locate(key, hash(key))];
    return slot.entry == kFree || !entries_[slot.entry].present ? nullptr : &entries_[slot.entry];
  }
  void put(ByteView key, ByteView value) {
    if (entries_.size() * 2 >= slots_.size()) grow();
    const auto h = hash(key);
    Slot& slot = slots_[locate(key, h)];
    if (slot.entry == kFree) {
      slot = {h, static_cast<std::uint32_t>(entries_.size())};
      entries_.push_back({to_bytes(key), {}, true});
    }
    auto& entry = entries_[slot.entry];
    entry.value.assign(value.begin(), value.end());
    entry.present = true;
  }
  void erase(ByteView key) {
    const Slot& slot = slots_[locate(key, hash(key))];
    if (slot.entry != kFree) entries_[slot.entry].present = false;
  }

 private:
  static constexpr std::uint32_t kFree = UINT32_MAX;
  struct Slot {
    std::uint32_t hash = 0, entry = kFree;
  };

  static std::uint32_t hash(ByteView key) {
    return static_cast<std::uint32_t>(std::hash<std::string_view>{}(as_chars(key)));
  }
  std::size_t locate(ByteView key, std::uint32_t h) const {
    std::size_t at = h & (slots_.size() - 1);
    while (slots_[at].entry != kFree &&
           (slots_[at].hash != h || !equal(entries_[slots_[at].entry].key, key)))
      at = (at + 1) & (slots_.size() - 1);
    return at;
  }
  void grow() {
    std::vector<Slot> old(slots_.size() * 2);
    old.swap(slots_);
    for (const Slot& slot : old) {
      if (slot.entry == kFree) continue;
      std::size_t at = slot.hash & (slots_.size() - 1);
      while (slots_[at].entry != kFree) at = (at + 1) & (slots_.size() - 1);
      slots_[at] = slot;
    }
  }

  std::vector<Slot> slots_ = std::vector<Slot>(1024);
  std::deque<Entry> entries_;
};

using Tables = std::array<Map, kTableCount>;

class FlatReader final : public state::StoreReader {
 public:
  explicit FlatReader(const Tables& tables) : tables_(tables) {}
  Result<std::optional<ByteView>> get(Table table, ByteView key) const override {
    const auto* entry = tables_[static_cast<std::size_t>(table)].find(key);
    return entry == nullptr ? std::nullopt : std::optional<ByteView>(entry->value);
  }
  Status scan(Table, ByteView, const Visit&) const override {
    return fail(ErrorCode::unsupported, "the flat store does not scan");
  }

 private:
  const Tables& tables_;
};

class FlatStore final : public state::NodeStore {
 public:
  Result<std::unique_ptr<state::StoreReader>> read() const override {
    return std::make_unique<FlatReader>(tables_);
  }
  Status write(const state::WriteBatch& batch, state::Durability) override {
    for (const auto& r : batch.records()) {
      auto& map = tables_[static_cast<std::size_t>(r.table)];
      if (r.erase) {
        map.erase(batch.key(r));
      } else {
        map.put(batch.key(r), batch.value(r));
      }
    }
    return {};
  }
  Status sync() override { return {}; }

 private:
  Tables tables_;
};

}  // namespace

std::unique_ptr<state::NodeStore> make_flat_store() { return std::make_unique<FlatStore>(); }

}  // namespace cambium::bench
