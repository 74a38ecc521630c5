// B/SEC-10 on a whole node: packets between its chains go on after both went back.
#include <gtest/gtest.h>
#include <unistd.h>

#include <fstream>

#include "engine/recovery/rollback.hpp"
#include "node/dataset_steps.hpp"
#include "node/home.hpp"

namespace cambium::node {
namespace {

class NodeRecovery : public testing::Test {
 protected:
  NodeRecovery()
      : home_(std::filesystem::temp_directory_path() /
              ("cambium-recovery-" + std::to_string(::getpid()))) {
    std::filesystem::remove_all(home_);
  }
  ~NodeRecovery() override { std::filesystem::remove_all(home_); }

  std::unique_ptr<Node> run() {
    auto node = Node::open({home_, Config(), clock_, random_, {}, learn::Profile::nano});
    EXPECT_TRUE(node) << node.error().message;
    EXPECT_TRUE((*node)->start());
    return std::move(*node);
  }
  /// Known on the compute chain when it returns, so that packets crossed both ways.
  static void register_text(Node& node, const std::string& id) {
    data::Dataset text;
    text.record = {.id = id, .version = "1", .title = "Some text", .licence = "MIT",
                   .source = "a test", .documents = 1, .samples = 1, .bytes = 10,
                   .root = Hash{{static_cast<std::uint8_t>(id.size())}}, .sample_hashes = {}};
    const auto known = register_datasets(node, {text}, {});
    EXPECT_TRUE(known) << known.error().message;
  }

  SystemClock clock_;
  SeededRandom random_{4};
  std::filesystem::path home_;
};

TEST_F(NodeRecovery, PacketsGoOnAfterBothChainsWentBack) {
  Height height, newest;
  {
    const auto node = run();
    register_text(*node, "text");
    height = node->utility().status().height;
    register_text(*node, "longer-text");
    newest = node->utility().status().height;
  }
  const auto plan = engine::plan_rollback(
      {.home = home_, .aliases = {std::string(kUtilityAlias), std::string(kComputeAlias)},
       .height = height, .first = {},
       .authority = engine::RollbackAuthority::operator_alone, .now = clock_.now()});
  ASSERT_TRUE(plan) << plan.error().message;
  const auto made = engine::carry_out(home_, *plan, {});
  ASSERT_TRUE(made) << made.error().message;
  const auto node = run();
  EXPECT_EQ(node->utility().chain_id(), "cambium-utility-2");
  EXPECT_EQ(node->compute().chain_id(), "cambium-compute-0-2");
  register_text(*node, "longer-text");  // it was given up with the blocks that held it
  EXPECT_GT(node->utility().status().height, newest);
}

}  // namespace
}  // namespace cambium::node
