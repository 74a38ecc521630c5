// What a kill, a full disk or a flipped bit may do while snapshots are taken and restored: nothing
// that is half done, and a sentence.
#include <gmock/gmock.h>
#include <fcntl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <fstream>

#include "base/crash_point.hpp"
#include "engine/recovery/testing/recovery_home.hpp"

namespace cambium::engine {
namespace {

using ::testing::HasSubstr;
using testing::RecoveryHome;

constexpr const char* kLeft = RecoveryHome::kLeft;
constexpr const char* kRight = RecoveryHome::kRight;

/// Runs in a process of its own; answers how that ended.
int in_child(const std::function<bool()>& work) {
  const pid_t pid = ::fork();
  if (pid == 0) ::_exit(work() ? 0 : 1);
  int status = 0;
  ::waitpid(pid, &status, 0);
  return status;
}

Height prepare(RecoveryHome& home) {
  home.send(kLeft, 5);
  home.snapshot(kLeft);
  home.snapshot(kRight);
  const Height height = home.chain(kLeft).status().height;
  home.send(kLeft, 1'000);
  home.stop();
  return height;
}

bool roll_back(const RecoveryHome& home, Height height) {
  const auto plan = plan_rollback(home.back_to(height));
  return plan && carry_out(home.root, *plan, {});
}

/// Both chains of one life or both of the other, and each goes on.
void expect_whole(RecoveryHome& home, const std::string& where) {
  ASSERT_TRUE(finish_change(home.root)) << where;
  home.start();
  const bool left_is_new = home.chain(kLeft).chain_id() == "test-utility-2";
  const bool right_is_new = home.chain(kRight).chain_id() == "test-compute-0-2";
  EXPECT_EQ(left_is_new, right_is_new) << where;
  EXPECT_EQ(home.bob_has(kLeft), left_is_new ? 5u : 1'005u) << where;
  home.send(kLeft, 1);
  home.see(kRight, kLeft);
  EXPECT_FALSE(std::filesystem::exists(ChainHome::of(home.root, kLeft).next())) << where;
}

TEST(RecoveryFaults, KilledAnywhereInARollbackTheHomeIsTheOldOneOrTheNewOne) {
  for (const char* point :
       {"state.bulk.after_batch:1", "state.bulk.before_finish:1", "engine.recovery.after_state:2",
        "engine.snapshot.after_chunk:1", "engine.snapshot.before_rename:2",
        "engine.recovery.prepared:1", "engine.recovery.prepared:2", "engine.recovery.decided:1",
        "engine.recovery.after_move:1", "engine.recovery.after_move:5",
        "engine.recovery.old_away:1", "engine.recovery.after_move:9",
        "engine.recovery.after_move:13", "engine.recovery.new_in:1"}) {
    RecoveryHome home;
    const Height height = prepare(home);
    const int ended = in_child([&] {
      arm_crash_point(point);
      return roll_back(home, height);
    });
    EXPECT_TRUE(WIFSIGNALED(ended) && WTERMSIG(ended) == kCrashSignal) << point;
    expect_whole(home, point);
  }
}

TEST(RecoveryFaults, KilledAnywhereWhileARollbackIsTakenBackItIsWholeToo) {
  for (const char* point :
       {"engine.recovery.decided:1", "engine.recovery.after_move:1", "engine.recovery.after_move:5",
        "engine.recovery.old_away:1", "engine.recovery.after_move:9",
        "engine.recovery.after_move:13", "engine.recovery.new_in:1"}) {
    RecoveryHome home;
    const Height height = prepare(home);
    ASSERT_TRUE(roll_back(home, height));
    const int ended = in_child([&] {
      arm_crash_point(point);
      return undo_change(home.root, {kLeft, kRight}).has_value();
    });
    EXPECT_TRUE(WIFSIGNALED(ended) && WTERMSIG(ended) == kCrashSignal) << point;
    expect_whole(home, point);
    EXPECT_EQ(home.chain(kLeft).chain_id(), "test-utility-1") << point;
  }
}

TEST(RecoveryFaults, AKilledSnapshotIsNotOfferedAndTheNextOneIsWhole) {
  for (const char* point : {"engine.snapshot.after_chunk:1", "engine.snapshot.before_rename:1"}) {
    RecoveryHome home;
    home.send(kLeft, 5);
    const int ended = in_child([&] {
      arm_crash_point(point);
      home.snapshot(kLeft);
      return true;
    });
    EXPECT_TRUE(WIFSIGNALED(ended)) << point;
    const SnapshotStore snapshots(ChainHome::of(home.root, kLeft).snapshots());
    EXPECT_TRUE(snapshots.points().empty()) << point;
    home.snapshot(kLeft);
    ASSERT_EQ(snapshots.points().size(), 1u) << point;
    EXPECT_TRUE(snapshots.verify(snapshots.points().front().height())) << point;
  }
}

/// A file may not grow any more, as on a full disk.
void fill_disk() {
  std::signal(SIGXFSZ, SIG_IGN);
  const rlimit nothing{64, 64};
  ::setrlimit(RLIMIT_FSIZE, &nothing);
}

TEST(RecoveryFaults, AFullDiskLeavesNoHalfSnapshotAndSaysSo) {
  RecoveryHome home;
  home.send(kLeft, 5);
  const auto status = home.chain(kLeft).status();
  SnapshotStore snapshots(ChainHome::of(home.root, kLeft).snapshots());
  const auto said = home.root / "said";
  const int said_file = ::open(said.c_str(), O_CREAT | O_RDWR, 0600);
  ASSERT_EQ(in_child([&] {
    fill_disk();
    const auto written = snapshots.write(*home.chain(kLeft).state_at(status.height),
                                         {status.height, status.time, status.block_hash});
    return !written && written.error().code == ErrorCode::io &&
           ::write(said_file, written.error().message.data(), 40) == 40;
  }), 0);
  ::close(said_file);
  EXPECT_TRUE(std::filesystem::is_empty(snapshots.folder())) << "its space is given back";
}

TEST(RecoveryFaults, AFullDiskDuringARollbackLeavesTheHomeAsItWas) {
  RecoveryHome home;
  const Height height = prepare(home);
  ASSERT_EQ(in_child([&] {
    const auto plan = plan_rollback(home.back_to(height));
    fill_disk();
    const auto made = carry_out(home.root, *plan, {});
    return !made && made.error().message.size() > 20;
  }), 0);
  EXPECT_FALSE(std::filesystem::exists(ChainHome::of(home.root, kLeft).next()));
  expect_whole(home, "full disk");
}

TEST(RecoveryFaults, AFlippedBitInAChunkIsNamedAndNothingIsTouched) {
  RecoveryHome home;
  const Height height = prepare(home);
  const SnapshotStore snapshots(ChainHome::of(home.root, kLeft).snapshots());
  const auto chunk = snapshots.folder() / std::to_string(height.value) / "000000";
  {
    std::fstream file(chunk, std::ios::binary | std::ios::in | std::ios::out);
    file.seekg(100);
    const char byte = static_cast<char>(file.get() ^ 1);
    file.seekp(100);
    file.put(byte);
  }
  const auto verified = snapshots.verify(height);
  ASSERT_FALSE(verified);
  EXPECT_THAT(verified.error().message, HasSubstr("000000 is damaged"));
  const auto made = carry_out(home.root, plan_rollback(home.back_to(height)).value(), {});
  ASSERT_FALSE(made);
  EXPECT_THAT(made.error().message, HasSubstr("000000 is damaged"));
  expect_whole(home, "flipped bit");
}

}  // namespace
}  // namespace cambium::engine
