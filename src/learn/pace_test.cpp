#include "learn/detail/pace.hpp"

#include <gtest/gtest.h>

namespace cambium::learn::detail {
namespace {

void run(Pace& pace, ManualClock& clock, int steps, std::int64_t ms) {
  for (int i = 0; i < steps && !pace.finished(); ++i) {
    clock.advance(ms);
    pace.step_done(1.0);
  }
}

TEST(pace, plans_by_its_own_first_seconds) {
  ManualClock clock(TimeMs{0});
  Pace pace({.seconds = 100, .probe_seconds = 5}, clock, 10);
  clock.advance(1000);  // threads were chosen
  pace.begin();
  run(pace, clock, 50, 100);  // ten steps a second
  EXPECT_EQ(pace.steps(), 990U);  // 99 seconds of steps
  EXPECT_DOUBLE_EQ(pace.progress().tokens_per_s, 100);
  EXPECT_DOUBLE_EQ(pace.progress().eta_s, 94);
}

TEST(pace, shortens_the_plan_when_the_machine_slows_down) {
  ManualClock clock(TimeMs{0});
  Pace pace({.seconds = 100, .probe_seconds = 5}, clock, 10);
  clock.advance(1000);  // threads were chosen
  pace.begin();
  run(pace, clock, 50, 100);
  run(pace, clock, 100'000, 400);
  EXPECT_TRUE(pace.finished());
  EXPECT_LT(pace.seconds(), 150);
}

TEST(pace, lengthens_the_plan_when_the_machine_is_freed) {
  ManualClock clock(TimeMs{0});
  Pace pace({.seconds = 100, .probe_seconds = 5}, clock, 10);
  run(pace, clock, 10, 500);
  EXPECT_EQ(pace.steps(), 200U);
  run(pace, clock, 100'000, 100);
  EXPECT_GT(pace.steps(), 300U);
  EXPECT_LT(pace.seconds(), 106);
}

TEST(pace, keeps_a_given_number_of_steps_whatever_they_take) {
  ManualClock clock(TimeMs{0});
  Pace pace({.steps = 40, .seconds = 1}, clock, 10);
  run(pace, clock, 100, 1000);
  EXPECT_EQ(pace.step(), 40U);
}

TEST(pace, the_rate_warms_up_and_falls_to_zero) {
  ManualClock clock(TimeMs{0});
  Pace pace({.steps = 100}, clock, 10);
  EXPECT_DOUBLE_EQ(pace.schedule(10), 0.1);
  run(pace, clock, 50, 1);
  EXPECT_DOUBLE_EQ(pace.schedule(10), 1.0);
  run(pace, clock, 35, 1);
  EXPECT_NEAR(pace.schedule(10), 0.5, 1e-9);
}

}  // namespace
}  // namespace cambium::learn::detail
