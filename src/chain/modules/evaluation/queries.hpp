#pragma once

#include <vector>

#include "chain/module.hpp"

namespace cambium::chain::evaluation {

/// Names: params candidate candidates evaluators contributor harms.
std::vector<Query> queries();

}  // namespace cambium::chain::evaluation
