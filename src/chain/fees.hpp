// The price of gas and where a fee goes.
#pragma once

#include "base/amount.hpp"
#include "cambium/chain/v1/chain.pb.h"
#include "chain/gas.hpp"

namespace cambium::chain {

/// ceil(gas * base fee): what must be offered for that much gas.
Amount base_cost(Gas gas, std::uint64_t base_fee_nano_ucbm);

/// How an offered fee is shared out when `used` of `limit` gas was needed.
struct FeeOffer {
  Amount amount;  // upper bound, at least base_cost(limit)
  Gas limit;
  Gas used;
};
/// The parts and the refund add up to the offer exactly. 1 % of the base part and of the tip is
/// burnt; the rest of the base part goes to the staking pool and of the tip to the proposer.
struct FeeSplit {
  Amount burnt;
  Amount staking_pool;
  Amount proposer;
  Amount refund;
  Amount charged() const { return {burnt.ucbm + staking_pool.ucbm + proposer.ucbm}; }
};
FeeSplit split_fee(const FeeOffer& offer, std::uint64_t base_fee_nano_ucbm);

/// EIP-1559's rule: toward half-full blocks, by at most one eighth a block, never below the floor.
std::uint64_t next_base_fee(std::uint64_t base_fee_nano_ucbm, Gas block_used,
                            const v1::Params& params);

}  // namespace cambium::chain
