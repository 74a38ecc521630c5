#include "node/progress_board.hpp"

#include <gtest/gtest.h>

#include "node/metrics.hpp"

namespace cambium::node {
namespace {

TEST(ProgressBoard, KeepsTheShapeOfALongRunInBoundedPoints) {
  ManualClock clock({0});
  ProgressBoard board(clock);
  auto id = board.begin({"", "base", "A run", 10'000});
  for (std::uint64_t step = 1; step <= 10'000; ++step) {
    RunUpdate update;
    update.step = step;
    update.loss = 10'000.0 - static_cast<double>(step);
    ASSERT_TRUE(board.update(id, update));
  }
  auto run = board.find(id).value();
  EXPECT_LE(run.points.size(), kMaxPoints);
  EXPECT_EQ(run.points.front().step, 1u);
  EXPECT_EQ(run.points.back().step, 10'000u);
}

TEST(ProgressBoard, TellsListenersUntilTheyLeave) {
  ManualClock clock({0});
  ProgressBoard board(clock);
  int heard = 0;
  auto listener = board.listen([&](const auto&) { ++heard; });
  auto id = board.begin({"x", "expert", "A run", 1});
  board.unlisten(listener);
  RunUpdate update;
  update.state = RunState::done;
  ASSERT_TRUE(board.update(id, update));
  EXPECT_EQ(heard, 1);
  EXPECT_FALSE(board.update("nobody", update));
}

TEST(Metrics, ShowsEveryDeclaredNameInPrometheusText) {
  Metrics metrics;
  metrics.add({"cambium_receipts_total"}, 2);
  metrics.set({"cambium_chain_height", "utility"}, 7);
  EXPECT_NE(metrics.text().find("cambium_receipts_total 2\n"), std::string::npos);
  EXPECT_NE(metrics.text().find("cambium_chain_height{chain=\"utility\"} 7\n"),
            std::string::npos);
}

}  // namespace
}  // namespace cambium::node
