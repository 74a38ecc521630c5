// Who computes when: a bounded number of answers at a time, in order of arrival, and background
// work (training, evaluation) only between them.
#pragma once

#include <condition_variable>
#include <cstdint>
#include <list>
#include <mutex>

#include "base/result.hpp"
#include "model/generator.hpp"
#include "serve/pricing.hpp"

namespace cambium::serve {

struct SchedulerLimits {
  unsigned slots = 2;     // answers computed at the same time
  unsigned waiting = 64;  // requests that may wait; the next one is turned away
};

class Scheduler {
 public:
  explicit Scheduler(SchedulerLimits limits) : limits_(limits) {}

  /// Holds one slot until it goes out of scope.
  class Slot {
   public:
    explicit Slot(Scheduler& owner) : owner_(&owner) {}
    Slot(Slot&& other) noexcept : owner_(std::exchange(other.owner_, nullptr)) {}
    Slot& operator=(Slot&&) = delete;
    ~Slot();

   private:
    Scheduler* owner_;
  };

  /// Waits for a turn; `unavailable` when too many wait already, `cancelled` within 20 ms of the
  /// token being set.
  Result<Slot> enter(const model::CancelToken& cancel);

  /// Called by background work between its micro-steps: returns at once while no answer is being
  /// computed or waited for, otherwise when the last one has ended (or `cancel` is set).
  void yield_to_inference(const model::CancelToken& cancel);

  Occupancy occupancy() const;

 private:
  void leave();

  const SchedulerLimits limits_;
  mutable std::mutex mutex_;  // guards all below
  std::condition_variable changed_;
  unsigned busy_ = 0;
  std::uint64_t next_ticket_ = 0;
  std::list<std::uint64_t> queue_;  // tickets in order of arrival
};

}  // namespace cambium::serve
