#include "engine/cometbft/snapshots/snapshot_writer.hpp"

#include "base/log.hpp"

namespace cambium::engine {

SnapshotWriter::SnapshotWriter(const CometLedger& ledger, SnapshotStore& store,
                               SnapshotRules rules)
    : ledger_(ledger), store_(store), rules_(rules), thread_([this] { run(); }) {}

SnapshotWriter::~SnapshotWriter() {
  {
    std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  changed_.notify_all();
  thread_.join();
}

void SnapshotWriter::on_block(const HeadRecord& head) {
  if (rules_.every_ms <= 0) return;
  std::lock_guard lock(mutex_);
  const std::int64_t before = std::exchange(period_, head.time.value / rules_.every_ms);
  if (before == -1 || before == period_) return;
  due_ = head;
  changed_.notify_all();
}

void SnapshotWriter::run() {
  for (;;) {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return stopping_ || due_.has_value(); });
    if (stopping_) return;
    const HeadRecord head = *std::exchange(due_, std::nullopt);
    lock.unlock();
    const auto view = ledger_.view(head.height);
    const Status written = view ? store_.write(*view, head)
                                : Status(tl::unexpected<Error>(view.error()));
    if (!written) {
      spdlog::error("no snapshot of height {}: {}", head.height.value, written.error().message);
      continue;
    }
    store_.trim(rules_.keep);
    spdlog::info("snapshot of height {} is ready", head.height.value);
  }
}

}  // namespace cambium::engine
