#include "chain/modules/modules.hpp"

namespace cambium::chain {

Module chain_module() { return {.name = "chain", .prefix = kChainPrefix}; }

}  // namespace cambium::chain
