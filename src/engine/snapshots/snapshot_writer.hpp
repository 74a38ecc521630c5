// Makes snapshots beside the chain's work, on a thread of its own.
#pragma once

#include <condition_variable>
#include <functional>
#include <mutex>
#include <optional>
#include <thread>

#include "engine/snapshots/snapshot_store.hpp"

namespace cambium::engine {

/// In milliseconds of block time.
struct SnapshotRules {
  std::int64_t full_ms = 3'600'000;      // between full ones; 0: none are made at all
  std::int64_t increment_ms = 900'000;   // between increments; 0: only full ones
  SnapshotWindow window;
};

class SnapshotWriter {
 public:
  /// The state at a height that is not pruned.
  using ViewAt = std::function<Result<state::HeightView>(Height)>;

  /// The store is borrowed.
  SnapshotWriter(ViewAt view_at, SnapshotStore& store, SnapshotRules rules);
  ~SnapshotWriter();

  /// Every block is announced. The first block at or after each full period is taken, so that all
  /// nodes choose the same; one that comes while another is being written is left out.
  void on_block(const HeadRecord& head);

 private:
  enum class Kind : std::uint8_t { full, increment };
  struct Due {
    HeadRecord head;
    Kind kind;
  };
  void run();
  Status take(const Due& due);
  /// Whether an increment could be made; a full one is due where none could.
  Result<bool> take_increment(const state::HeightView& view, const HeadRecord& head);

  ViewAt view_at_;
  SnapshotStore& store_;
  const SnapshotRules rules_;
  std::mutex mutex_;  // guards the next five
  std::condition_variable changed_;
  std::optional<Due> due_;
  std::int64_t full_period_ = -1;  // of the newest block
  std::int64_t increment_period_ = -1;
  bool stopping_ = false;
  std::thread thread_;  // last: it uses all the others
};

}  // namespace cambium::engine
