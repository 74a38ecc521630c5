#include "chain/fees.hpp"

#include <gtest/gtest.h>

namespace cambium::chain {
namespace {

v1::Params params(std::uint64_t block_gas, std::uint64_t floor) {
  v1::Params p;
  p.set_block_gas_limit(block_gas);
  p.set_min_base_fee_nano_ucbm(floor);
  return p;
}

TEST(Fees, EverySplitAddsUpToTheOffer) {  // B/ECON-04
  for (std::uint64_t used = 0; used <= 1000; used += 37) {
    for (std::uint64_t amount : {1000u, 1001u, 12345u}) {
      const FeeSplit split = split_fee({{amount}, {1000}, {used}}, kNano);
      EXPECT_EQ(split.charged().ucbm + split.refund.ucbm, amount);
    }
  }
}

TEST(Fees, OnePercentIsBurntAndTheTipGoesToTheProposer) {  // B/ECON-04
  const FeeSplit split = split_fee({{3000}, {1000}, {1000}}, kNano);  // base 1000, tip 2000
  EXPECT_EQ(split.burnt.ucbm, 30u);
  EXPECT_EQ(split.staking_pool.ucbm, 990u);
  EXPECT_EQ(split.proposer.ucbm, 1980u);
  EXPECT_EQ(split.refund.ucbm, 0u);
}

TEST(Fees, BaseFeeMovesByAtMostOneEighth) {
  const auto p = params(2000, 100);
  EXPECT_EQ(next_base_fee(8000, {2000}, p), 9000u);
  EXPECT_EQ(next_base_fee(8000, {1000}, p), 8000u);
  EXPECT_EQ(next_base_fee(8000, {0}, p), 7000u);
  EXPECT_EQ(next_base_fee(100, {0}, p), 100u) << "never below the floor";
  EXPECT_EQ(next_base_fee(1, {2000}, params(2000, 1)), 2u) << "a small fee can still rise";
}

}  // namespace
}  // namespace cambium::chain
