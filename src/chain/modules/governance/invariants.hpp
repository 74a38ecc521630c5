// Rules about what governance holds for others.
#pragma once

#include "chain/module.hpp"

namespace cambium::chain::governance {

/// The totals move with the records below them, and the module's account holds at least as much.
Invariant holds_what_it_owes();

}  // namespace cambium::chain::governance
