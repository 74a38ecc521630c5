#pragma once

#include <vector>

#include "chain/module.hpp"

namespace cambium::chain::interchain {

/// Names: client clients consensus pending acknowledgements.
std::vector<Query> queries();

}  // namespace cambium::chain::interchain
