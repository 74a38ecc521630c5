// Makes snapshots beside the chain's work, on a thread of its own.
#pragma once

#include <condition_variable>
#include <optional>
#include <thread>

#include "engine/cometbft/ledger.hpp"
#include "engine/cometbft/snapshots/snapshot_store.hpp"

namespace cambium::engine {

struct SnapshotRules {
  std::int64_t every_ms = 3'600'000;  // of block time; 0: none are made
  std::size_t keep = 3;
};

class SnapshotWriter {
 public:
  /// Both borrowed.
  SnapshotWriter(const CometLedger& ledger, SnapshotStore& store, SnapshotRules rules);
  ~SnapshotWriter();

  /// Every block is announced. The first block at or after each full period is taken, so that all
  /// nodes choose the same; one that comes while another is being written is left out.
  void on_block(const HeadRecord& head);

 private:
  void run();

  const CometLedger& ledger_;
  SnapshotStore& store_;
  const SnapshotRules rules_;
  std::mutex mutex_;  // guards the next four
  std::condition_variable changed_;
  std::optional<HeadRecord> due_;
  std::int64_t period_ = -1;  // of the newest block
  bool stopping_ = false;
  std::thread thread_;  // last: it uses all the others
};

}  // namespace cambium::engine
