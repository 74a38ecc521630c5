// What can be asked about coins.
#pragma once

#include "chain/module.hpp"
#include "chain/modules/bank/bank.hpp"

namespace cambium::chain::bank {

std::vector<Query> queries();

}  // namespace cambium::chain::bank
