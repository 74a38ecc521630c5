// A chain that goes on from an earlier state under another name, so that no height is ever signed
// twice: what its new life is called, and what its first state must say differently.
#pragma once

#include <string>
#include <vector>

#include "cambium/chain/v1/chain.pb.h"
#include "chain/modules/registry.hpp"

namespace cambium::chain {

/// "name-1" -> "name-2"; `invalid_input` for an id that does not end in a dash and a number.
Result<std::string> next_revision(std::string_view chain_id);
/// Whether both are lives of one chain: "name-1" and "name-4".
bool same_lineage(std::string_view a, std::string_view b);

/// Another chain that this one holds a light client of, and its new name.
struct ChainRename {
  std::string from;
  std::string to;
};

struct NewLife {
  std::string chain_id;
  Height first;  // of its first block: above every height that was ever signed
  std::vector<ChainRename> others;
};

/// What is different in its first state: light clients follow the new names, upgrades whose height
/// is skipped come with the first block, and nobody counts as absent for the time in between.
state::Diff opening(const state::View& state, const NewLife& life);

/// The genesis of a chain that begins with the state of this root, at the height below the first.
struct Continuation {
  NewLife life;
  TimeMs time;
  Hash state_root;
  v1::Origin origin;
};
v1::Genesis continue_genesis(const Registry& registry, const Continuation& from);

/// Every invariant over every entry, entry by entry, so that memory holds only what the rules add
/// up: the first violation, as a sentence, is `corrupt`.
Status audit_state(const Registry& registry, const state::View& state);

}  // namespace cambium::chain
