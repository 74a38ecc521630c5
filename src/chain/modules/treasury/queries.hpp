// What can be asked about the treasury.
#pragma once

#include "chain/module.hpp"
#include "chain/modules/treasury/treasury.hpp"

namespace cambium::chain::treasury {

std::vector<Query> queries();

}  // namespace cambium::chain::treasury
