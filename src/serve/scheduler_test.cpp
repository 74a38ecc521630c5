#include "serve/scheduler.hpp"

#include <gtest/gtest.h>

#include <future>
#include <optional>

namespace cambium::serve {
namespace {

const model::CancelToken kNever;

TEST(Scheduler, TurnsAwayWhatWouldWaitTooLong) {
  Scheduler scheduler({.slots = 1, .waiting = 0});
  std::optional<Scheduler::Slot> slot(scheduler.enter(kNever).value());
  const auto refused = scheduler.enter(kNever);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, ErrorCode::unavailable);
  slot.reset();
  EXPECT_TRUE(scheduler.enter(kNever));
}

TEST(Scheduler, AWaitingRequestCanBeCancelled) {
  Scheduler scheduler({.slots = 1, .waiting = 4});
  const auto slot = scheduler.enter(kNever);
  model::CancelToken cancel;
  auto waiting =
      std::async(std::launch::async, [&] { return scheduler.enter(cancel).has_value(); });
  cancel.cancel();
  EXPECT_FALSE(waiting.get());
  EXPECT_EQ(scheduler.occupancy().busy, 1U);
}

// B/INF-05: inference goes before background work.
TEST(Scheduler, BackgroundWorkWaitsForAnswers) {
  Scheduler scheduler({.slots = 1, .waiting = 4});
  scheduler.yield_to_inference(kNever);  // idle: returns at once
  std::optional<Scheduler::Slot> slot(scheduler.enter(kNever).value());
  std::atomic<bool> answered = false;
  auto background = std::async(std::launch::async, [&] {
    scheduler.yield_to_inference(kNever);
    return answered.load();
  });
  answered = true;
  slot.reset();
  EXPECT_TRUE(background.get());
}

TEST(Scheduler, ManyThreadsShareFewSlots) {
  Scheduler scheduler({.slots = 2, .waiting = 64});
  std::atomic<int> inside = 0;
  std::atomic<int> most = 0;
  std::vector<std::future<void>> all;
  for (int i = 0; i < 16; ++i) {
    all.push_back(std::async(std::launch::async, [&] {
      const auto slot = scheduler.enter(kNever);
      const int now = ++inside;
      int seen = most.load();
      while (now > seen && !most.compare_exchange_weak(seen, now)) {
      }
      --inside;
    }));
  }
  for (auto& one : all) one.get();
  EXPECT_LE(most.load(), 2);
  EXPECT_EQ(scheduler.occupancy().busy, 0U);
}

}  // namespace
}  // namespace cambium::serve
