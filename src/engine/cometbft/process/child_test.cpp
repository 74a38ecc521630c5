#include "engine/cometbft/process/child.hpp"

#include <gtest/gtest.h>
#include <poll.h>
#include <signal.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <fstream>

namespace cambium::engine {
namespace {

constexpr int kPatienceMs = 20'000;

class ChildTest : public ::testing::Test {
 protected:
  ChildTest() { std::filesystem::create_directories(folder_); }
  ~ChildTest() override { std::filesystem::remove_all(folder_); }

  /// A process that supervises this script as a node does CometBFT.
  pid_t supervise(const std::string& script) {
    const pid_t supervisor = ::fork();
    if (supervisor != 0) return supervisor;
    const Child child({.program = "/bin/sh", .arguments = {"-c", script}, .folder = folder_,
                       .log = folder_ / "log"});
    for (;;) ::pause();
  }

  std::filesystem::path folder_ =
      std::filesystem::temp_directory_path() / ("child_" + std::to_string(::getpid()));
};

// CometBFT whose application died within a commit waits for that commit while it stops, for ever,
// and holds the locks that the next one needs.
TEST_F(ChildTest, OneThatDoesNotStopWhenAskedDiesWithItsSupervisorAllTheSame) {
  const std::string started = folder_ / "started";
  ASSERT_EQ(::mkfifo(started.c_str(), 0600), 0);
  const pid_t supervisor = supervise("trap '' TERM; echo $$ > started; exec sleep 1000");
  pid_t pid = 0;
  std::ifstream(started) >> pid;  // waits for the script
  ASSERT_GT(pid, 0);
  const int handle = static_cast<int>(::syscall(SYS_pidfd_open, pid, 0));
  ASSERT_GE(handle, 0);
  ::kill(supervisor, SIGKILL);
  ::waitpid(supervisor, nullptr, 0);
  pollfd ended{.fd = handle, .events = POLLIN, .revents = 0};
  EXPECT_EQ(::poll(&ended, 1, kPatienceMs), 1) << "the child outlives its supervisor";
  ::kill(pid, SIGKILL);
  ::close(handle);
}

}  // namespace
}  // namespace cambium::engine
