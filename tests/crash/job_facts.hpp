// What must hold of a finished nano job however often it was killed on the way.
#pragma once

#include "acks.hpp"

namespace cambium::crash {

/// Prints counts that must not depend on where earlier processes died, and fails with a sentence
/// when something acknowledged is missing or doubled, value was made or lost, or bytes are damaged.
Status check_job(node::Node& node, const Acks& acks);

}  // namespace cambium::crash
