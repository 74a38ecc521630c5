// Heights of several chains that belong together.
#pragma once

#include "engine/recovery/stopped_chain.hpp"

namespace cambium::engine {

/// Where each chain's state is to be taken from, in the order of `chains`: the first one's at
/// `height`, the others' at the highest heights such that no chain knows of a block of another
/// above that one's height. Snapshots are preferred to the state in use, which may be what is
/// damaged.
Result<std::vector<StateSource>> packet_consistent(const std::vector<StoppedChain>& chains,
                                                   Height height);

}  // namespace cambium::engine
