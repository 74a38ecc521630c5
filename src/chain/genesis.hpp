// The first state of a chain, from its genesis record; and a genesis record from any state.
#pragma once

#include <string>

#include "chain/modules/registry.hpp"

namespace cambium::chain {

/// The chain's modules, as its genesis names them.
Result<Registry> registry_for(const v1::Genesis& genesis);

/// The whole first state as one diff over nothing. Invariants are checked over all of it.
Result<state::Diff> init_genesis(const Registry& registry, const v1::Genesis& genesis);

/// A genesis that starts a chain from exactly this state: same root, next height.
v1::Genesis export_genesis(const Registry& registry, const state::View& state,
                           const BlockInfo& last_block);

/// SHA-256("cambium/genesis/v1" || canonical bytes): two nodes with the same hash agree.
Hash genesis_hash(const v1::Genesis& genesis);

/// For people: module states and entries decoded by their types.
std::string genesis_to_json(const v1::Genesis& genesis);
/// `invalid_input` with the place of the mistake.
Result<v1::Genesis> genesis_from_json(std::string_view text);

}  // namespace cambium::chain
