#pragma once

#include <vector>

#include "chain/module.hpp"

namespace cambium::chain::models {

/// Names: params model models rules block blocks index versions leases.
std::vector<Query> queries();

}  // namespace cambium::chain::models
