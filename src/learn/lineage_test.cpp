#include "learn/lineage.hpp"

#include <gtest/gtest.h>

#include "learn/test_world.hpp"

namespace cambium::learn {
namespace {

class LineageTest : public testing::Test {
 protected:
  const TestWorld& world_ = TestWorld::get();
  Lineage manifest_ = world_.trained().experts[0].lineage;
  std::vector<Hash> leaves_ = world_.trained().batch_leaves;
  std::vector<TokenStream> streams_ = {world_.stream("law"), world_.stream("farm"),
                                       world_.stream("ship")};

  Result<LineageVerdict> verify() {
    return verify_lineage({manifest_, streams_, leaves_, Hash{}});
  }
};

TEST_F(LineageTest, rebuilds_batches_bit_by_bit) {
  EXPECT_EQ(verify().value().batches_rebuilt, 1U);
  EXPECT_EQ(manifest_.steps(), 100U);
  EXPECT_EQ(manifest_.checkpoints_size(), 14);  // every 8 steps, the last, and as published
}

TEST_F(LineageTest, a_dataset_that_was_changed_is_found) {
  streams_[0].tokens[3] ^= 1;
  EXPECT_EQ(verify().error().code, ErrorCode::refused);
}

TEST_F(LineageTest, a_batch_that_was_not_served_is_found) {
  leaves_[50] = Hash{};
  EXPECT_EQ(verify().error().code, ErrorCode::refused);
}

TEST_F(LineageTest, samples_cannot_be_claimed_for_another_dataset) {
  manifest_.mutable_datasets(0)->set_samples(manifest_.datasets(0).samples() + 1);
  EXPECT_EQ(verify().error().code, ErrorCode::refused);
}

TEST_F(LineageTest, another_seed_gives_other_batches) {
  manifest_.set_seed(std::string(32, 'x'));
  EXPECT_EQ(verify().error().code, ErrorCode::refused);
}

}  // namespace
}  // namespace cambium::learn
