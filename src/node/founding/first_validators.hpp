// Who validates a new chain: their stakes at genesis and the coins they are made of.
#pragma once

#include <string>
#include <vector>

#include "base/amount.hpp"
#include "base/bytes.hpp"
#include "base/result.hpp"
#include "cambium/chain/v1/chain.pb.h"
#include "crypto/keys.hpp"

namespace cambium::node {

/// One of the first validators.
struct FirstValidator {
  crypto::Address account;  // its operator
  Bytes consensus_key;      // Ed25519, 32 bytes
  std::string moniker;
};

/// What each bonds, and what its operator holds besides.
inline constexpr Amount kFirstBond = cbm(100'000);
inline constexpr Amount kFirstPurse = cbm(100'000);

/// Takes bond and purse of each out of the owner's part of the genesis coins and bonds them.
Status add_first_validators(chain::v1::Genesis& genesis, const crypto::Address& owner,
                            const std::vector<FirstValidator>& validators);

}  // namespace cambium::node
