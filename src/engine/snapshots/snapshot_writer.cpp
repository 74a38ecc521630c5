#include "engine/snapshots/snapshot_writer.hpp"

#include "base/log.hpp"

namespace cambium::engine {
namespace {

/// Whether a new period has begun since the last call.
bool begins(std::int64_t& period, TimeMs now, std::int64_t length_ms) {
  if (length_ms <= 0) return false;
  const std::int64_t before = std::exchange(period, now.value / length_ms);
  return before != -1 && before != period;
}

}  // namespace

SnapshotWriter::SnapshotWriter(ViewAt view_at, SnapshotStore& store, SnapshotRules rules)
    : view_at_(std::move(view_at)), store_(store), rules_(rules), thread_([this] { run(); }) {}

SnapshotWriter::~SnapshotWriter() {
  {
    std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  changed_.notify_all();
  thread_.join();
}

void SnapshotWriter::on_block(const HeadRecord& head) {
  if (rules_.full_ms <= 0) return;
  std::lock_guard lock(mutex_);
  const bool full = begins(full_period_, head.time, rules_.full_ms);
  const bool increment = begins(increment_period_, head.time, rules_.increment_ms);
  if (!full && !increment) return;
  if (due_ && due_->kind == Kind::full && !full) return;  // the full one that waits matters more
  due_ = Due{head, full ? Kind::full : Kind::increment};
  changed_.notify_all();
}

void SnapshotWriter::run() {
  for (;;) {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return stopping_ || due_.has_value(); });
    if (stopping_) return;
    const Due due = *std::exchange(due_, std::nullopt);
    lock.unlock();
    if (const Status taken = take(due); !taken) {
      spdlog::error("no snapshot of height {}: {}", due.head.height.value,
                    taken.error().message);
      continue;
    }
    store_.trim(rules_.window);
    spdlog::info("snapshot of height {} is ready", due.head.height.value);
  }
}

Status SnapshotWriter::take(const Due& due) {
  TRY(const auto view, view_at_(due.head.height));
  if (due.kind == Kind::increment) {
    TRY(const bool made, take_increment(view, due.head));
    if (made) return {};
  }
  return store_.write(view, due.head);
}

Result<bool> SnapshotWriter::take_increment(const state::HeightView& view,
                                            const HeadRecord& head) {
  const auto points = store_.points();
  if (points.empty()) return false;
  const auto base = view_at_(points.front().height());
  if (!base || base->root() != points.front().root || base->height() >= view.height()) {
    return false;  // pruned in between, or the snapshots are of another life
  }
  TRY_STATUS(store_.write_increment(*base, view, head));
  return true;
}

}  // namespace cambium::engine
