// Every crash point of a put and of an erase, by really killing a child process there.
#include <sys/resource.h>

#include <csignal>
#include <cstdlib>

#include "base/crash_point.hpp"
#include "store/block_store.hpp"
#include "store/store_fixture.hpp"

namespace cambium::store {
namespace {

const Content kFirst{400'000, 1};
const Content kSecond{300'000, 2};

class CrashTest : public StoreTest {
 protected:
  void SetUp() override {
    StoreTest::SetUp();
    testing::FLAGS_gtest_death_test_style = "fast";  // the folder and the store are made before
  }

  /// Runs `act` on the store in a child that dies at `point`.
  template <class Act>
  void dies_at(const std::string& point, Act act) {
    EXPECT_EXIT(
        {
          arm_crash_point(point);
          const auto store = open();
          act(*store);
          std::exit(0);
        },
        testing::KilledBySignal(kCrashSignal), "")
        << point;
  }
};

std::vector<std::string> points_of_a_put() {
  auto names = crash_point_names();
  std::erase_if(names, [](const std::string& name) {
    return !name.starts_with("store.") || name == "store.after_erase";
  });
  return names;
}

TEST_F(CrashTest, ThereIsAPointAfterEveryWriteOfAPut) { EXPECT_EQ(points_of_a_put().size(), 8u); }

TEST_F(CrashTest, AKilledPutLeavesTheWholeBlockOrNone) {  // must show 3
  const auto kept = open()->put(kFirst.make()).value();
  const auto root = crypto::payload_root(kSecond.make());
  for (const auto& point : points_of_a_put()) {
    dies_at(point, [](BlockStore& store) { (void)store.put(kSecond.make()); });
    const auto store = open();
    EXPECT_TRUE(std::filesystem::is_empty(dir_ / "tmp")) << point;
    EXPECT_TRUE(store->open(kept).value()->verify_all()) << point;
    EXPECT_TRUE(store->scrub()->damage.empty()) << point;
    const bool there = store->has(root);
    EXPECT_EQ(there, point == "store.after_rename" || point == "store.after_folder_sync") << point;
    if (there) {
      EXPECT_TRUE(store->open(root).value()->verify_all()) << point;
      EXPECT_TRUE(store->erase(root));
    }
  }
}

TEST_F(CrashTest, AKilledPutCanBeRepeated) {
  const auto root = crypto::payload_root(kSecond.make());
  for (const auto& point : points_of_a_put()) {
    dies_at(point, [](BlockStore& store) { (void)store.put(kSecond.make()); });
    const auto store = open();
    ASSERT_TRUE(store->put(kSecond.make())) << point;
    EXPECT_TRUE(store->open(root).value()->verify_all()) << point;
    ASSERT_TRUE(store->erase(root));
  }
}

TEST_F(CrashTest, AKilledEraseLeavesNoChecksumsBehind) {
  const auto root = open()->put(kFirst.make()).value();
  dies_at("store.after_erase", [&](BlockStore& store) { (void)store.erase(root); });
  EXPECT_FALSE(open()->has(root));
  EXPECT_EQ(open()->bytes_used().value(), 0u);
}

TEST_F(CrashTest, AKilledPinKeepsTheOldPins) {
  const auto root = open()->put(kFirst.make()).value();
  dies_at("base.durable_before_rename", [&](BlockStore& store) { (void)store.pin(root); });
  EXPECT_FALSE(open()->pinned(root));
  EXPECT_TRUE(open()->pin(root));
}

/// Runs `act` in a child and passes its sentence to the death test's message check.
template <class Act>
void says(Act act) {
  const Status done = act();
  std::fputs(done ? "done" : done.error().message.c_str(), stderr);
  std::exit(done ? 0 : 1);
}

TEST_F(CrashTest, AFullDiskIsASentenceAndLeavesNothing) {  // must show 11
  (void)open();
  const auto fill = [&]() -> Status {
    const rlimit limit{100'000, 100'000};
    ::setrlimit(RLIMIT_FSIZE, &limit);
    std::signal(SIGXFSZ, SIG_IGN);
    TRY(const auto store, BlockStore::open(dir_));
    TRY_STATUS(store->put(kFirst.make()));
    return {};
  };
  EXPECT_EXIT(says(fill), testing::ExitedWithCode(1), "Cannot write .* raise the file size limit");
  EXPECT_TRUE(open()->list()->empty());
}

TEST_F(CrashTest, AFolderThatMayNotBeWrittenIsASentence) {
  const auto opened = BlockStore::open("/proc/cambium_store");  // not even root may
  ASSERT_FALSE(opened);
  EXPECT_NE(opened.error().message.find("Cannot make the folder"), std::string::npos);
}

}  // namespace
}  // namespace cambium::store
