// What must hold in every history, seen from outside the chain.
#pragma once

#include <string>
#include <vector>

#include "state/view.hpp"

namespace cambium::sim {

/// Coins: balances sum to the supply, the supply is what was minted less what was burnt, and the
/// stake account holds exactly what is bonded and unbonding. One sentence for each that is broken.
std::vector<std::string> broken_books(const state::View& state);

}  // namespace cambium::sim
