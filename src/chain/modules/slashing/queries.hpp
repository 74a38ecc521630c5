// What can be asked about conduct.
#pragma once

#include "chain/module.hpp"

namespace cambium::chain::slashing {

/// Names: params signing_info offences.
std::vector<Query> queries();

}  // namespace cambium::chain::slashing
