// What can be asked about groups.
#pragma once

#include "chain/module.hpp"
#include "chain/modules/groups/groups.hpp"

namespace cambium::chain::groups {

std::vector<Query> queries();

}  // namespace cambium::chain::groups
