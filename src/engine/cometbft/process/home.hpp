// CometBFT's folder: keys, genesis and settings. The node key names the machine to its peers, the
// consensus key signs votes, and neither is the operator's account key.
#pragma once

#include <filesystem>
#include <optional>

#include "base/random.hpp"
#include "cambium/chain/v1/chain.pb.h"
#include "crypto/keys.hpp"
#include "engine/cometbft/process/settings.hpp"
#include "engine/cometbft/validators.hpp"

namespace cambium::engine {

struct CometHome {
  std::filesystem::path root;

  std::filesystem::path config() const { return root / "config"; }
  std::filesystem::path toml() const { return config() / "config.toml"; }
  std::filesystem::path genesis() const { return config() / "genesis.json"; }
  std::filesystem::path node_key() const { return config() / "node_key.json"; }
  std::filesystem::path validator_key() const { return config() / "priv_validator_key.json"; }
  std::filesystem::path data() const { return root / "data"; }
  std::filesystem::path validator_state() const { return data() / "priv_validator_state.json"; }
  std::filesystem::path socket() const { return root / kAbciSocket; }
};

/// The public halves.
struct CometKeys {
  std::string node_id;  // 40 hexadecimal digits, as peers write it
  Bytes consensus;      // Ed25519, 32 bytes
};

/// Makes folders and the keys that are missing; what is there stays.
Result<CometKeys> make_comet_home(const CometHome& home, Random& random);

/// Makes this key the validator's, in a home that has none yet: for a chain whose state names it.
Status adopt_validator_key(const CometHome& home, const crypto::SigningKey& key);

/// The public half of the key in the home, if there is one; `corrupt` for a file that holds none.
Result<std::optional<Bytes>> validator_key_of(const CometHome& home);

/// What of CometBFT's genesis does not follow from ours.
struct ConsensusGenesis {
  const chain::v1::Genesis& genesis;
  Hash genesis_hash;
  /// Where the chain has no staking; otherwise its stakes name them.
  std::vector<ValidatorPower> validators;
  std::uint64_t vote_extensions_from = 0;  // height; 0: plain votes
};
/// genesis.json in CometBFT's form; it names our genesis by its hash.
std::string consensus_genesis_json(const ConsensusGenesis& genesis);

/// Writes settings always, the genesis only where there is none.
Status write_comet_files(const CometHome& home, const CometSettings& settings,
                         const ConsensusGenesis& genesis);

}  // namespace cambium::engine
