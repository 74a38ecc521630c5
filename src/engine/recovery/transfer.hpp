// A chain out of a home into a folder, and from there into another home, whatever engine orders it
// there: the same chain id, the next height, the same state with every receipt and client.
#pragma once

#include "engine/recovery/stopped_chain.hpp"

namespace cambium::engine {

struct Exported {
  std::string alias;
  std::string chain_id;
  Height height;  // of the state
  Hash state_root;
  Hash genesis_hash;  // that the chain goes on with
};

/// Writes the newest state as a snapshot and the genesis that continues it into
/// `folder`/<alias>, after the whole of it was audited. `already_exists` for a folder in use.
Result<Exported> export_chain(const StoppedChain& chain, const std::filesystem::path& folder,
                              const OnRecovery& tell);

struct ImportRequest {
  std::filesystem::path home;
  std::filesystem::path folder;  // what was exported
  std::vector<std::string> aliases;
};
/// Makes the exported chains those of the home; what was there goes to `before`. `refused` where
/// this home's validator has signed heights above the exported one.
Result<std::vector<PreparedLife>> import_chains(const ImportRequest& request,
                                                const OnRecovery& tell);

/// The aliases of the chains in an exported folder.
std::vector<std::string> exported_chains(const std::filesystem::path& folder);

}  // namespace cambium::engine
