// Choosing how many threads train, and one optimiser step's bookkeeping.
#pragma once

#include <functional>

#include "base/clock.hpp"

namespace cambium::learn::detail {

/// Sets libtorch's threads: `wanted`, or for 0 whichever of one and two runs `step` faster. Two
/// are slower than one when another process keeps a core busy.
void choose_threads(unsigned wanted, const Clock& clock, const std::function<void()>& step);

/// User and system time of this process, milliseconds.
std::uint64_t cpu_ms();

}  // namespace cambium::learn::detail
