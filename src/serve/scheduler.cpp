#include "serve/scheduler.hpp"

#include <chrono>

namespace cambium::serve {
namespace {

// A cancel token cannot wake a sleeper, so sleepers look at it this often.
constexpr std::chrono::milliseconds kCancelPoll{20};

}  // namespace

Scheduler::Slot::~Slot() {
  if (owner_ != nullptr) owner_->leave();
}

Result<Scheduler::Slot> Scheduler::enter(const model::CancelToken& cancel) {
  std::unique_lock lock(mutex_);
  if (queue_.size() >= limits_.waiting && busy_ >= limits_.slots) {
    return fail(ErrorCode::unavailable,
                "All " + std::to_string(limits_.slots) + " places are busy and " +
                    std::to_string(queue_.size()) + " requests wait; try again in a moment.");
  }
  const auto ticket = queue_.insert(queue_.end(), next_ticket_++);
  const auto my_turn = [&] { return busy_ < limits_.slots && queue_.front() == *ticket; };
  while (!changed_.wait_for(lock, kCancelPoll, my_turn)) {
    if (!cancel.cancelled()) continue;
    queue_.erase(ticket);
    changed_.notify_all();
    return fail(ErrorCode::cancelled, "The request was cancelled while it waited for its turn.");
  }
  queue_.erase(ticket);
  ++busy_;
  changed_.notify_all();
  return Slot(*this);
}

void Scheduler::leave() {
  const std::lock_guard lock(mutex_);
  --busy_;
  changed_.notify_all();
}

void Scheduler::yield_to_inference(const model::CancelToken& cancel) {
  std::unique_lock lock(mutex_);
  const auto idle = [&] { return busy_ == 0 && queue_.empty(); };
  while (!changed_.wait_for(lock, kCancelPoll, idle) && !cancel.cancelled()) {
  }
}

Occupancy Scheduler::occupancy() const {
  const std::lock_guard lock(mutex_);
  return {busy_ + queue_.size(), limits_.slots};
}

}  // namespace cambium::serve
