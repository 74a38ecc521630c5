// Between the chain's stakes and CometBFT's validator set.
#pragma once

#include <vector>

#include "chain/modules/registry.hpp"
#include "state/overlay.hpp"

namespace cambium::engine {

/// One validator as consensus sees it; power 0 takes it out of the set.
struct ValidatorPower {
  Bytes key;  // Ed25519, 32 bytes
  std::uint64_t power = 0;
  bool operator==(const ValidatorPower&) const = default;
};

/// The first 20 bytes of SHA-256 of an Ed25519 key: how votes and evidence name a validator.
chain::Address consensus_address(ByteView key);

/// What a block's changes, or those of genesis, make of the set; nothing on a chain without
/// staking, whose set stays as its consensus genesis says.
std::vector<ValidatorPower> set_updates(const chain::Registry& registry, const state::Diff& diff);

/// The validators of a state that was not made by this program, as if they were all new.
state::Diff validators_in(const chain::Registry& registry, const state::View& state);

/// A state together with what is needed to read it.
struct StateReader {
  const state::View& view;
  const chain::Registry& registry;
  const crypto::SignatureVerifier& verifier;
};
/// The account that receives a proposer's tips: the operator of that consensus address, or the
/// address itself where no operator is known.
chain::Address proposer_account(const StateReader& state, const chain::Address& consensus);

}  // namespace cambium::engine
