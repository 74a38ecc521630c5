// The genesis of a network with several validators.
#pragma once

#include "base/amount.hpp"
#include "cambium/chain/v1/chain.pb.h"
#include "crypto/keys.hpp"
#include "node/genesis.hpp"

namespace cambium::node {

/// One of the first validators.
struct FirstValidator {
  crypto::Address account;  // its operator
  Bytes consensus_key;      // Ed25519, 32 bytes
  std::string moniker;
};

/// What each bonds, and what its operator holds besides.
inline constexpr Amount kLocalnetBond = cbm(100'000);
inline constexpr Amount kLocalnetPurse = cbm(100'000);

/// Coins for their operators out of the plan's operator's share, and their stakes.
Result<chain::v1::Genesis> localnet_genesis(const GenesisPlan& plan,
                                            const std::vector<FirstValidator>& validators);

}  // namespace cambium::node
