// Parameters of a new network that differ from their defaults, named as governance names them.
#pragma once

#include <string_view>

#include "base/result.hpp"
#include "cambium/chain/v1/chain.pb.h"

namespace cambium::node {

/// Applies "governance.stake_window_ms=60000, rewards.emission=false": a module that the genesis
/// has, a field of its parameters, a JSON value. `chain` names the chain's own. `invalid_input`
/// for what is unknown, and for values that the module's rules refuse at genesis.
Status set_genesis_params(chain::v1::Genesis& genesis, std::string_view assignments);

}  // namespace cambium::node
