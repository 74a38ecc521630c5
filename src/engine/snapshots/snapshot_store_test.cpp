// B/SEC-09: hourly full snapshots, increments in between, a window of 24 hours.
#include <gtest/gtest.h>

#include <chrono>
#include <thread>

#include "base/testing/scratch_folder.hpp"
#include "engine/snapshots/snapshot_writer.hpp"
#include "state/testing/world.hpp"

namespace cambium::engine {
namespace {

constexpr std::int64_t kMinuteMs = 60'000;

class Snapshots : public ::testing::Test {
 protected:
  Snapshots() {
    store_.emplace(scratch_folder("snapshots"));
  }
  ~Snapshots() override { std::filesystem::remove_all(store_->folder()); }

  HeadRecord seal(std::int64_t minutes) {
    const std::uint64_t number = world_.sealed().size();
    world_.put(to_bytes("\xee\x01" + std::to_string(number)), to_bytes("value"));
    world_.seal();
    return {{world_.sealed().rbegin()->first}, {minutes * kMinuteMs}, {}};
  }
  /// Until the writer's thread has done as much.
  bool comes_to(std::size_t points) {
    const auto until = std::chrono::steady_clock::now() + std::chrono::seconds(20);
    while (store_->points().size() != points && std::chrono::steady_clock::now() < until) {
      std::this_thread::yield();
    }
    return store_->points().size() == points;
  }

  state::testing::World world_;
  std::optional<SnapshotStore> store_;
};

TEST_F(Snapshots, AFullOneEveryHourAndAnIncrementEveryQuarter) {
  SnapshotWriter writer([this](Height h) { return state::HeightView::open(world_.store(), h); },
                        *store_, {});
  writer.on_block(seal(59));
  writer.on_block(seal(60));
  ASSERT_TRUE(comes_to(1));
  for (const std::int64_t minutes : {61, 75, 76, 90, 106}) {
    const auto before = store_->points().size();
    const auto head = seal(minutes);
    writer.on_block(head);
    const bool due = minutes % 15 == 0 || minutes == 106;
    ASSERT_TRUE(comes_to(before + (due ? 1 : 0))) << minutes;
  }
  const auto points = store_->points();
  EXPECT_EQ(points.size(), 4u);
  EXPECT_TRUE(points.back().full());
  EXPECT_EQ(points.front().base, points[1].height()) << "each begins with the one before";
  const auto copy = state::make_memory_store();
  ASSERT_TRUE(store_->load(points.front().height(), *copy, {}));
  EXPECT_EQ(state::testing::contents(*state::HeightView::open_latest(*copy)),
            state::testing::contents(world_.at(points.front().height().value)));
}

TEST_F(Snapshots, OldOnesGoButNotWhatAKeptIncrementBuildsOnNorTheFirstOfAll) {
  const auto view = [&](const HeadRecord& head) { return world_.at(head.height.value); };
  const auto origin = seal(1), old = seal(2), full = seal(60), inc = seal(75), newest = seal(1'510);
  for (const auto& head : {origin, old, full}) ASSERT_TRUE(store_->write(view(head), head));
  ASSERT_TRUE(store_->write_increment(view(full), view(inc), inc));
  ASSERT_TRUE(store_->write_increment(view(inc), view(newest), newest));
  store_->trim({.window_ms = 24 * 60 * kMinuteMs, .origin = origin.height});
  std::vector<Height> left;
  for (const auto& point : store_->points()) left.push_back(point.height());
  EXPECT_EQ(left, (std::vector<Height>{newest.height, inc.height, full.height, origin.height}));
  EXPECT_TRUE(store_->verify(newest.height));
}

}  // namespace
}  // namespace cambium::engine
