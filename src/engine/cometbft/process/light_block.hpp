// What validators signed, for light clients: header, commit and validator set of one height.
#pragma once

#include <tendermint/types/types.pb.h>

#include "base/ids.hpp"
#include "engine/cometbft/process/rpc.hpp"

namespace cambium::engine {

/// Asks CometBFT; `unavailable` while it does not answer, `corrupt` for an answer that makes no
/// sense. Nothing is verified: our own child is believed, and whoever receives it checks it.
Result<tendermint::types::LightBlock> fetch_light_block(const CometRpc& rpc, Height height);

}  // namespace cambium::engine
