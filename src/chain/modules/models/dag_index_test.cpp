#include "chain/modules/models/dag_index.hpp"

#include <gtest/gtest.h>

#include "base/random.hpp"

namespace cambium::chain::models {
namespace {

BlockId random_id(Random& random) {
  BlockId id;
  random.fill(id.data);
  return id;
}

TEST(DagIndex, AgreesWithAPlainSetAndNeverPointsForward_B_CORE_06_10) {
  SeededRandom random(11);
  DagIndex dag(random.next_u64());
  std::vector<BlockId> known;
  for (int i = 0; i < 20'000; ++i) {
    std::vector<BlockId> deps;
    for (std::uint64_t d = random.below(4); d > 0 && !known.empty(); --d) {
      deps.push_back(known[random.below(known.size())]);
    }
    const bool orphan = random.below(10) == 0;
    if (orphan) deps.push_back(random_id(random));
    const auto id = random_id(random);
    EXPECT_EQ(dag.add(id, deps), orphan ? DagAdd::unknown_dependency : DagAdd::added);
    if (!orphan) known.push_back(id);
  }
  ASSERT_EQ(dag.size(), known.size());
  for (std::uint32_t i = 0; i < known.size(); ++i) {
    EXPECT_EQ(dag.position(known[i]), i);
    for (const auto dependency : dag.dependencies(i)) EXPECT_LT(dependency, i);
  }
}

TEST(DagIndex, KnowsABlockOnce) {
  DagIndex dag;
  SeededRandom random(1);
  const auto id = random_id(random);
  EXPECT_EQ(dag.add(id, {}), DagAdd::added);
  EXPECT_EQ(dag.add(id, {}), DagAdd::already_known);
  EXPECT_FALSE(dag.contains(random_id(random)));
}

}  // namespace
}  // namespace cambium::chain::models
