#include "chain/modules/modules.hpp"

namespace cambium::chain::accounts {

Module module() { return {.name = "accounts", .prefix = kAccountsPrefix}; }

}  // namespace cambium::chain::accounts
