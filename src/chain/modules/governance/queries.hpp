// What can be asked about governance.
#pragma once

#include "chain/module.hpp"
#include "chain/modules/governance/governance.hpp"

namespace cambium::chain::governance {

std::vector<Query> queries();

}  // namespace cambium::chain::governance
