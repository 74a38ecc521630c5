// The first coins.
#pragma once

#include "chain/modules/bank/bank.hpp"

namespace cambium::chain::bank {

inline constexpr Amount kGenesisSupply = cbm(1'000'000'000);

/// Who receives the five parts of the genesis supply.
struct Buckets {
  Address community;   // 40 %
  Address team;        // 20 %, vesting linearly over 4 years with a cliff of one
  Address foundation;  // 25 %
  Address validators;  // 10 %
  Address open_sale;   // 5 %
};
pb::Genesis standard_genesis(const Buckets& buckets, TimeMs start);

Status init_genesis(Context& ctx, const pb::Genesis& genesis);

}  // namespace cambium::chain::bank
