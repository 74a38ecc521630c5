// What can be asked about accounts.
#pragma once

#include "chain/module.hpp"
#include "chain/modules/accounts/accounts.hpp"

namespace cambium::chain::accounts {

std::vector<Query> queries();

}  // namespace cambium::chain::accounts
