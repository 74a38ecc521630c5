// Rules about money that hold after every message and step.
#pragma once

#include "chain/invariant.hpp"

namespace cambium::chain::rewards {

/// The module's account holds exactly what escrows and accruals owe, to 10^-9 ucbm.
Invariant owes_what_it_holds();
/// Every minted ucbm passes the books of this module, and they stay within the yearly cap.
Invariant mints_within_cap();

}  // namespace cambium::chain::rewards
