#pragma once

#include "chain/invariant.hpp"

namespace cambium::chain::evaluation {

/// The bonds' account moves by exactly what the evaluators' bonds move.
Invariant bonds_are_held();

}  // namespace cambium::chain::evaluation
