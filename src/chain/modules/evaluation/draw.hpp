// Drawing a committee from a beacon.
#pragma once

#include <span>
#include <vector>

#include "crypto/keys.hpp"

namespace cambium::chain::evaluation {

struct Draw {
  ByteView beacon;
  std::uint64_t candidate = 0;
  std::uint32_t attempt = 0;
};
/// A permutation of `eligible` (ascending, so that the draw depends on the set only), by
/// Fisher and Yates with SHA-256 in counter mode and rejection: every order is equally likely.
std::vector<crypto::Address> draw_order(const Draw& draw, std::vector<crypto::Address> eligible);

}  // namespace cambium::chain::evaluation
