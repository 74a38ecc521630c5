#include "node/node.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "node/dataset_steps.hpp"
#include "node/home.hpp"

namespace cambium::node {
namespace {

using testing::HasSubstr;

class NodeTest : public testing::Test {
 protected:
  NodeTest() {
    home_ = std::filesystem::temp_directory_path() /
            ("cambium-node-" + std::to_string(::getpid()) + "-" +
             testing::UnitTest::GetInstance()->current_test_info()->name());
    std::filesystem::remove_all(home_);
  }
  ~NodeTest() override { std::filesystem::remove_all(home_); }
  Result<std::unique_ptr<Node>> open() {
    return Node::open({home_, Config(), clock_, random_, {}, learn::Profile::nano});
  }

  SystemClock clock_;
  SeededRandom random_{4};
  std::filesystem::path home_;
};

data::Dataset some_text() {
  data::Dataset out;
  out.record = {.id = "some-text", .version = "1", .title = "Some text", .licence = "MIT",
                .source = "a test", .documents = 1, .samples = 1, .bytes = 10,
                .root = Hash{{1}}, .sample_hashes = {}};
  return out;
}

TEST_F(NodeTest, AnEmptyFolderBecomesANetworkOfOneThatSurvivesARestart) {
  Hash genesis;
  {
    auto node = open();
    ASSERT_TRUE(node) << node.error().message;
    ASSERT_TRUE((*node)->start());
    genesis = (*node)->genesis_hash();
    ASSERT_TRUE(register_datasets(**node, {some_text()}, {}));  // a packet crosses
    (*node)->stop();
  }
  auto again = open();
  ASSERT_TRUE(again) << again.error().message;
  EXPECT_EQ((*again)->genesis_hash(), genesis);
  EXPECT_GT((*again)->utility().status().height.value, 2u);
  ASSERT_TRUE((*again)->start());
  EXPECT_TRUE(register_datasets(**again, {some_text()}, {}));
}

TEST_F(NodeTest, ASecondProcessOnTheSameHomeIsRefused) {
  auto node = open();
  ASSERT_TRUE(node) << node.error().message;
  auto second = open();
  ASSERT_FALSE(second);
  EXPECT_THAT(second.error().message, HasSubstr("is in use by another cambium process"));
}

TEST_F(NodeTest, ItSaysWhatItStillWaitsFor) {
  auto node = open();
  ASSERT_TRUE(node) << node.error().message;
  EXPECT_FALSE((*node)->readiness().ready());
  EXPECT_THAT((*node)->readiness().waiting_for, testing::Contains(HasSubstr("a model to serve")));
}

}  // namespace
}  // namespace cambium::node
