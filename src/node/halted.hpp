// How a node says that it cannot go on.
#pragma once

#include <string_view>

namespace cambium::node {

/// What the first thing that readiness waits for begins with when a chain halted; the reason
/// follows.
inline constexpr std::string_view kHaltedPrefix = "a restart: a chain halted: ";

}  // namespace cambium::node
