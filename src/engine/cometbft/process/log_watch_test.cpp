#include "engine/cometbft/process/log_watch.hpp"

#include <gtest/gtest.h>

#include <fstream>

#include "engine/cometbft/process/child.hpp"

namespace cambium::engine {
namespace {

class LogWatchTest : public ::testing::Test {
 protected:
  LogWatchTest() { std::filesystem::create_directories(folder_); }
  ~LogWatchTest() override { std::filesystem::remove_all(folder_); }
  void write(const std::string& text) { std::ofstream(log_, std::ios::app) << text; }

  std::filesystem::path folder_ =
      std::filesystem::temp_directory_path() / ("log_watch_" + std::to_string(::getpid()));
  std::filesystem::path log_ = folder_ / "log";
};

TEST_F(LogWatchTest, HearsNewLinesOnceAndOldOnesNever) {
  write("FAILURE of the run before\n");
  LogWatch watch(log_, "FAILURE");
  EXPECT_FALSE(watch.next());
  write("all is well\nFAILURE now\nmore\n");
  EXPECT_EQ(watch.next(), "FAILURE now");
  EXPECT_FALSE(watch.next());
}

TEST_F(LogWatchTest, WaitsForTheEndOfALineAndSurvivesRotation) {
  write("a long log of an earlier day\n");
  LogWatch watch(log_, "FAILURE");
  write("FAIL");
  EXPECT_FALSE(watch.next());
  write("URE\n");
  EXPECT_EQ(watch.next(), "FAILURE");
  std::filesystem::remove(log_);
  write("FAILURE\n");
  EXPECT_EQ(watch.next(), "FAILURE");
}

// A consensus engine that has given up goes on running; the supervisor starts another one.
TEST_F(LogWatchTest, AChildThatSaysItsFatalWordsIsStartedAgain) {
  std::atomic<int> heard = 0;
  Child child({.program = "/bin/sh",
               .arguments = {"-c", "echo CONSENSUS FAILURE; exec sleep 1000"},
               .folder = folder_,
               .log = log_,
               .fatal_words = "FAILURE",
               .on_fatal = [&](const std::string&) { ++heard; heard.notify_all(); }});
  heard.wait(0);
  heard.wait(1);
  EXPECT_GE(child.starts(), 2u);
}

}  // namespace
}  // namespace cambium::engine
