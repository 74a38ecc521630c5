// What can be asked about stake.
#pragma once

#include "chain/module.hpp"

namespace cambium::chain::staking {

/// Names: params epoch pool validator validators delegation delegations unbondings redelegations
/// rewards slashes.
std::vector<Query> queries();

}  // namespace cambium::chain::staking
