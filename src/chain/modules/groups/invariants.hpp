// Rules about groups that hold whoever wrote the handler.
#pragma once

#include "chain/module.hpp"

namespace cambium::chain::groups {

/// A group's weight and count are those of its members, and an account is a member exactly where
/// its list of groups says so.
Invariant members_add_up();

}  // namespace cambium::chain::groups
