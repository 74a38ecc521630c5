#pragma once

#include <vector>

#include "chain/module.hpp"

namespace cambium::chain::rewards {

/// Names: params pools accrual escrow payout expert experts.
std::vector<Query> queries();

}  // namespace cambium::chain::rewards
