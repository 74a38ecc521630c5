// Checks what validators signed, as any light client of CometBFT does: the header's hash, the votes
// on it, and that more than two thirds of the power are behind them.
#pragma once

#include <tendermint/types/types.pb.h>

#include "base/ids.hpp"
#include "base/result.hpp"
#include "crypto/keys.hpp"

namespace cambium::engine {

/// What a verified light block says. Trust in it is trust in `validators`, the hash of the set that
/// signed: compare it with one that is known.
struct LightFacts {
  Height height;
  TimeMs time;
  Hash block_hash;
  Hash validators;
  Hash next_validators;
  Hash state_root;  // of the state below this height
};

/// `corrupt` with what does not fit.
Result<LightFacts> verify_light_block(const tendermint::types::LightBlock& block,
                                      std::string_view chain_id,
                                      const crypto::SignatureVerifier& verifier);

/// A header's fields, each encoded by itself as its hash is made of them.
std::vector<std::string> header_fields(const tendermint::types::Header& header);
/// CometBFT's hashes: Merkle roots as in RFC 6962 over the encoded fields or members.
Hash header_hash(const tendermint::types::Header& header);
Hash validators_hash(const tendermint::types::ValidatorSet& set);

}  // namespace cambium::engine
