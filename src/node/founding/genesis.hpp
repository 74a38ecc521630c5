// The first states of both chains of a network of one node.
#pragma once

#include "cambium/chain/v1/chain.pb.h"
#include "crypto/keys.hpp"
#include "learn/profile.hpp"

namespace cambium::node {

/// Who acts in a new network. All are accounts on both chains.
struct Founders {
  crypto::PublicKey operator_key;  // signs both chains' headers
  crypto::Address gateway;
  crypto::Address evaluator;
  crypto::Address relayer;
  crypto::Address trainer;
  crypto::Address demo;
};

struct GenesisPlan {
  Founders founders;
  TimeMs time;
  learn::Profile profile = learn::Profile::full;
};

/// 1,000,000,000 CBM among the founders' purposes, emission on, nobody validating yet.
chain::v1::Genesis utility_genesis(const GenesisPlan& plan);
/// Prefunded accounts for fees and the gateway's escrow, committees of one, no emission.
chain::v1::Genesis compute_genesis(const GenesisPlan& plan);

}  // namespace cambium::node
