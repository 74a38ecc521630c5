// Rules about the DAG and the index that hold after every message.
#pragma once

#include "chain/invariant.hpp"

namespace cambium::chain::models {

/// Index entries point at accepted blocks of their own name; blocks are never erased or rewritten,
/// and depend on earlier blocks only, so that the DAG has no cycle.
Invariant index_points_at_blocks();
Invariant dag_is_acyclic();

}  // namespace cambium::chain::models
