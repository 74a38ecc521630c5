// What can be asked about nodes.
#pragma once

#include "chain/module.hpp"
#include "chain/modules/nodes/nodes.hpp"

namespace cambium::chain::nodes {

std::vector<Query> queries();

}  // namespace cambium::chain::nodes
