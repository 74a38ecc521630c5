// The drill: a home with a large state takes a full snapshot and increments while it makes blocks,
// loses its present, and goes back. Every part is timed; the data is compared byte for byte.
//
// DRILL_MIB names the size of the state, 4 unless set; TMPDIR the disk to be tried.
#include <atomic>
#include <chrono>
#include <cstdlib>
#include <fstream>
#include <thread>

#include <fmt/format.h>

#include "crypto/sha256.hpp"
#include "filler.hpp"

namespace cambium::engine {
namespace {

using testing::RecoveryHome;

constexpr const char* kLeft = RecoveryHome::kLeft;
constexpr const char* kRight = RecoveryHome::kRight;
constexpr double kTenMinutes = 600;

std::uint64_t mebibytes() {
  const char* text = std::getenv("DRILL_MIB");
  return text == nullptr ? 4 : std::strtoull(text, nullptr, 10);
}

/// What this process holds that is not a page of a file.
std::uint64_t own_memory_mib() {
  std::ifstream in("/proc/self/status");
  for (std::string word; in >> word;) {
    std::uint64_t kib = 0;
    if (word == "RssAnon:" && in >> kib) return kib >> 10;
  }
  return 0;
}

/// Prints what each part took.
class Parts {
 public:
  template <class Work>
  double time(const std::string& what, Work&& work) {
    const auto began = std::chrono::steady_clock::now();
    work();
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - began;
    fmt::print("{:<46} {:8.2f} s\n", what, took.count());
    std::fflush(stdout);
    return took.count();
  }
};

struct Digest {
  Hash hash;
  std::uint64_t bytes = 0;
  std::uint64_t entries = 0;
};

/// Over every key and value in their order.
Digest digest(RecoveryHome& home, Height height) {
  crypto::Sha256 all;
  Digest out;
  const auto view = home.chain(kLeft).state_at(height);
  EXPECT_TRUE(view) << view.error().message;
  view->scan({}, [&](ByteView key, ByteView value) {
    Bytes sizes;
    append_be64(sizes, key.size());
    append_be64(sizes, value.size());
    all.update(sizes);
    all.update(key);
    all.update(value);
    out.bytes += key.size() + value.size();
    ++out.entries;
    return true;
  });
  EXPECT_TRUE(view->health());
  out.hash = all.finish();
  return out;
}

/// The snapshot is written on a thread of its own while this one makes blocks.
int snapshot_beside_blocks(RecoveryHome& home) {
  const auto status = home.chain(kLeft).status();
  auto view = home.chain(kLeft).state_at(status.height);
  EXPECT_TRUE(view);
  std::atomic<bool> done = false;
  std::thread writer([&] {
    SnapshotStore snapshots(ChainHome::of(home.root, kLeft).snapshots());
    EXPECT_TRUE(snapshots.write(*view, {status.height, status.time, status.block_hash}));
    done = true;
  });
  int blocks = 0;
  do {
    home.send(kLeft, 1);
    ++blocks;
  } while (!done);
  writer.join();
  return blocks;
}

/// The most memory of its own that the process held during the work.
template <class Work>
std::uint64_t peak_memory(Work&& work) {
  std::atomic<bool> done = false;
  std::uint64_t peak = own_memory_mib();
  std::thread watch([&] {
    while (!done) {
      peak = std::max(peak, own_memory_mib());
      std::this_thread::sleep_for(std::chrono::milliseconds(20));
    }
  });
  work();
  done = true;
  watch.join();
  return peak;
}

struct Goal {
  Height height;
  Digest digest;
};

Goal live_on(RecoveryHome& home, Parts& parts) {
  int blocks = 0;
  parts.time("full snapshot while blocks are made", [&] {
    blocks = snapshot_beside_blocks(home);
  });
  fmt::print("{:<46} {:8}\n", "  blocks made meanwhile", blocks);
  for (int i = 0; i < 3; ++i) {
    for (int n = 0; n < 200; ++n) home.send(kLeft, 1);
    home.send(kRight, 1);
    home.see(kRight, kLeft);
    parts.time("increment", [&] { home.increment(kLeft); });
  }
  home.snapshot(kRight);
  Goal goal{home.chain(kLeft).status().height, {}};
  parts.time("digest of the state at the goal", [&] { goal.digest = digest(home, goal.height); });
  for (int n = 0; n < 50; ++n) home.send(kLeft, 9);
  home.see(kLeft, kRight);
  return goal;
}

double go_back(RecoveryHome& home, const Goal& goal, Parts& parts) {
  double total = parts.time("verify every chunk's hash", [&] {
    const auto verified = home.stopped(kLeft).snapshots().verify(goal.height);
    ASSERT_TRUE(verified) << verified.error().message;
  });
  RollbackPlan plan;
  total += parts.time("choose the pair of heights", [&] {
    plan = plan_rollback(home.back_to(goal.height)).value();
  });
  EXPECT_TRUE(std::holds_alternative<StoredState>(plan.lives[0].source));
  std::uint64_t peak = 0;
  const std::uint64_t before = own_memory_mib();
  total += parts.time("restore, audit, rename, keep its snapshot", [&] {
    peak = peak_memory([&] {
      const auto made = carry_out(home.root, plan, {});
      ASSERT_TRUE(made) << made.error().message;
    });
  });
  fmt::print("{:<46} {:8} MiB, {} before\n", "  memory of its own, at most", peak, before);
  total += parts.time("start both chains again", [&] { home.start(); });
  return total;
}

TEST(RollbackDrill, EverythingIsBackWithinTenMinutes) {  // B/SEC-10
  Parts parts;
  RecoveryHome home;
  home.stop();
  parts.time(fmt::format("make {} MiB of state", mebibytes()), [&] {
    testing::fill(home, kLeft, mebibytes());
  });
  home.start();
  const Goal goal = live_on(home, parts);
  fmt::print("{:<46} {:8} MiB in {} entries\n", "  state", goal.digest.bytes >> 20,
             goal.digest.entries);
  const Height newest = home.chain(kLeft).status().height;
  home.stop();
  double total = go_back(home, goal, parts);
  Digest now;
  total += parts.time("compare the data byte for byte", [&] { now = digest(home, goal.height); });
  EXPECT_EQ(now.hash, goal.digest.hash);
  EXPECT_EQ(now.bytes, goal.digest.bytes);
  EXPECT_EQ(home.chain(kLeft).chain_id(), "test-utility-2");
  EXPECT_GT(home.chain(kLeft).status().height, newest) << "no height is signed twice";
  home.send(kLeft, 1);
  home.see(kLeft, kRight);
  fmt::print("{:<46} {:8.2f} s\n", "the rollback, verification included", total);
  EXPECT_LT(total, kTenMinutes);
}

}  // namespace
}  // namespace cambium::engine
