// Makes a chain's state as large as one wants, of records that the chain's rules accept.
#pragma once

#include <cstdint>

#include "engine/recovery/testing/recovery_home.hpp"

namespace cambium::engine::testing {

/// About so many MiB of keys and values more, half a KiB a record and one small balance in eight;
/// the chain goes on above them. The home is stopped before and after.
void fill(const RecoveryHome& home, const std::string& alias, std::uint64_t mib);

}  // namespace cambium::engine::testing
