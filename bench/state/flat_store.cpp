#include <unordered_map>

#include "base/check.hpp"
#include "stores.hpp"

namespace cambium::bench {
namespace {

using state::kTableCount;
using state::Table;

struct HashKey {
  using is_transparent = void;
  std::size_t operator()(std::string_view key) const {
    return std::hash<std::string_view>{}(key);
  }
};
using Map = std::unordered_map<std::string, Bytes, HashKey, std::equal_to<>>;

class FlatReader final : public state::StoreReader {
 public:
  explicit FlatReader(const std::array<Map, kTableCount>& tables) : tables_(tables) {}
  Result<std::optional<ByteView>> get(Table table, ByteView key) const override {
    const auto& map = tables_[static_cast<std::size_t>(table)];
    const auto it = map.find(as_chars(key));
    if (it == map.end()) return std::optional<ByteView>{};
    return std::optional<ByteView>{it->second};
  }
  Status scan(Table, ByteView, const Visit&) const override {
    return fail(ErrorCode::unsupported, "the flat store does not scan");
  }

 private:
  const std::array<Map, kTableCount>& tables_;
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
        map.erase(to_string(batch.key(r)));
      } else {
        const auto value = batch.value(r);
        auto it = map.find(as_chars(batch.key(r)));
        if (it == map.end()) it = map.emplace(to_string(batch.key(r)), Bytes{}).first;
        it->second.assign(value.begin(), value.end());
      }
    }
    return {};
  }
  Status sync() override { return {}; }

 private:
  std::array<Map, kTableCount> tables_;
};

}  // namespace

std::unique_ptr<state::NodeStore> make_flat_store() { return std::make_unique<FlatStore>(); }

}  // namespace cambium::bench
