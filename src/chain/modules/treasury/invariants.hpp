// Rules about what the treasury promised.
#pragma once

#include "chain/module.hpp"

namespace cambium::chain::treasury {

/// Promises move with the streams, grants and bounties they were made to, and the treasury holds
/// at least what it promised; deposits of disputes likewise.
Invariant promises_are_covered();

}  // namespace cambium::chain::treasury
