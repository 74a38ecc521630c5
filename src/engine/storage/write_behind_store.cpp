#include "engine/storage/write_behind_store.hpp"

#include <algorithm>
#include <array>
#include <cstring>
#include <mutex>

#include "base/crash_point.hpp"
#include "engine/storage/lmdb_store.hpp"

namespace cambium::engine {

using state::kTableCount;
using state::StoreReader;
using state::Table;

namespace {

const CrashPoint kBeforeCheckpoint("state_store.before_checkpoint");
const CrashPoint kAfterCheckpoint("state_store.after_checkpoint");

// The first eight bytes stand in the map's node itself, where most comparisons end: following a
// pointer to every key on the way down was a fifth of all time.
std::uint64_t head_of(ByteView key) {
  std::uint64_t head = 0;
  std::memcpy(&head, key.data(), std::min<std::size_t>(key.size(), 8));
  return __builtin_bswap64(head);  // big endian, so that heads sort as the bytes do
}

struct KeyView {
  std::uint64_t head;
  ByteView bytes;
  explicit KeyView(ByteView key) : head(head_of(key)), bytes(key) {}
};
struct Key {
  std::uint64_t head;
  Bytes bytes;
  explicit Key(ByteView key) : head(head_of(key)), bytes(to_bytes(key)) {}
};
struct Less {
  using is_transparent = void;
  template <class A, class B>
  bool operator()(const A& a, const B& b) const {
    return a.head != b.head ? a.head < b.head : less(a.bytes, b.bytes);
  }
};

// The newest version first; older ones are kept only while a reader may need them.
struct Version {
  std::uint64_t sequence = 0;
  std::optional<Bytes> value;  // nothing: erased
  std::unique_ptr<Version> older;
};
using PendingTable = std::map<Key, Version, Less>;

const Version* visible(const Version& newest, std::uint64_t sequence) {
  const Version* v = &newest;
  while (v != nullptr && v->sequence > sequence) v = v->older.get();
  return v;
}

}  // namespace

struct detail::Pending {
  std::array<PendingTable, kTableCount> tables;
  std::uint64_t sequence = 0;  // of the newest batch
  std::size_t bytes = 0;

  void add(const state::WriteBatch& batch, bool has_readers) {
    ++sequence;
    for (const auto& record : batch.records()) {
      auto& table = tables[static_cast<std::size_t>(record.table)];
      const ByteView key = batch.key(record), value = batch.value(record);
      const KeyView place(key);
      auto it = table.lower_bound(place);
      if (it == table.end() || Less{}(place, it->first)) {
        it = table.emplace_hint(it, Key(key), Version{});
        bytes += key.size() + 2 * sizeof(Version);
      } else if (has_readers && it->second.sequence != sequence) {
        auto older = std::make_unique<Version>(std::move(it->second));
        it->second = Version{sequence, std::nullopt, std::move(older)};
      }
      Version& now = it->second;
      now.sequence = sequence;
      const std::size_t before = now.value ? now.value->size() : 0;
      if (record.erase) {
        now.value.reset();
      } else {
        if (!now.value) now.value.emplace();
        now.value->assign(value.begin(), value.end());
        bytes += value.size();
      }
      bytes -= std::min(bytes, before);
    }
  }
};

namespace {

using detail::Pending;

class WriteBehindReader final : public StoreReader {
 public:
  WriteBehindReader(std::shared_mutex& mutex, std::shared_ptr<const Pending> pending,
                    std::unique_ptr<StoreReader> base)
      : mutex_(mutex), pending_(std::move(pending)), base_(std::move(base)),
        sequence_(pending_->sequence) {}

  Result<std::optional<ByteView>> get(Table table, ByteView key) const override {
    {
      const std::shared_lock lock(mutex_);
      const auto& map = pending_->tables[static_cast<std::size_t>(table)];
      const auto it = map.find(KeyView(key));
      const Version* found = it == map.end() ? nullptr : visible(it->second, sequence_);
      if (found != nullptr)
        return found->value ? std::optional<ByteView>(*found->value) : std::nullopt;
    }
    return base_->get(table, key);
  }

  // Merges what waits with what is below; the lock is held between visits only.
  Status scan(Table table, ByteView from, const Visit& visit) const override {
    auto next = find_pending(table, from, From::at);
    bool go_on = true;
    const auto emit_pending = [&] {
      if (next->value) go_on = visit(next->key, *next->value);
      next = find_pending(table, next->key, From::after);
    };
    TRY_STATUS(base_->scan(table, from, [&](ByteView key, ByteView value) {
      while (go_on && next && less(next->key, key)) emit_pending();
      if (!go_on) return false;
      if (next && equal(next->key, key)) {
        emit_pending();
      } else {
        go_on = visit(key, value);
      }
      return go_on;
    }));
    while (go_on && next) emit_pending();
    return {};
  }

 private:
  enum class From : std::uint8_t { at, after };
  struct Found {
    ByteView key;
    std::optional<ByteView> value;
  };

  std::optional<Found> find_pending(Table table, ByteView from, From how) const {
    const std::shared_lock lock(mutex_);
    const auto& map = pending_->tables[static_cast<std::size_t>(table)];
    auto it = how == From::at ? map.lower_bound(KeyView(from)) : map.upper_bound(KeyView(from));
    for (; it != map.end(); ++it) {
      const Version* v = visible(it->second, sequence_);
      if (v == nullptr) continue;
      return Found{it->first.bytes, v->value ? std::optional<ByteView>(*v->value) : std::nullopt};
    }
    return std::nullopt;
  }

  std::shared_mutex& mutex_;
  std::shared_ptr<const Pending> pending_;
  std::unique_ptr<StoreReader> base_;
  std::uint64_t sequence_;
};

}  // namespace

WriteBehindStore::WriteBehindStore(std::unique_ptr<state::NodeStore> base,
                                   WriteBehindOptions options)
    : base_(std::move(base)), options_(options), pending_(std::make_shared<Pending>()) {}

WriteBehindStore::~WriteBehindStore() = default;

Result<std::unique_ptr<StoreReader>> WriteBehindStore::read() const {
  const std::shared_lock lock(mutex_);
  TRY(auto base, base_->read());
  return std::make_unique<WriteBehindReader>(mutex_, pending_, std::move(base));
}

Status WriteBehindStore::write(const state::WriteBatch& batch, state::Durability durability) {
  bool full = false;
  {
    const std::unique_lock lock(mutex_);
    pending_->add(batch, pending_.use_count() > 1);
    full = pending_->bytes > options_.max_pending_bytes ||
           pending_->sequence >= options_.max_pending_writes;
  }
  return full || durability == state::Durability::synced ? sync() : Status{};
}

// Only this thread changes the pending set, so it is read here without the lock. Readers go on
// meanwhile: until the swap the pending set hides what the store below holds, and both say the
// same; those opened before keep the old set and their older picture of that store.
Status WriteBehindStore::sync() {
  if (pending_->sequence == 0) return {};
  state::WriteBatch batch;
  batch.expect_bytes(pending_->bytes);
  for (std::size_t table = 0; table < kTableCount; ++table)
    for (const auto& [key, version] : pending_->tables[table]) {
      if (version.value) {
        batch.put(static_cast<Table>(table), key.bytes, *version.value);
      } else {
        batch.erase(static_cast<Table>(table), key.bytes);
      }
    }
  kBeforeCheckpoint.pass();
  TRY_STATUS(base_->write(batch, state::Durability::synced));
  kAfterCheckpoint.pass();
  const std::unique_lock lock(mutex_);
  pending_ = std::make_shared<Pending>();
  return {};
}

Result<std::unique_ptr<state::NodeStore>> open_state_store(const std::filesystem::path& folder) {
  TRY(auto base, open_lmdb_store(folder));
  return std::make_unique<WriteBehindStore>(std::move(base));
}

}  // namespace cambium::engine
