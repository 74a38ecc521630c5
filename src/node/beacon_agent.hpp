// A validator's agent in the making of the beacon's group: sends what it owes the chain.
#pragma once

#include "cambium/chain/v1/chain.pb.h"
#include "engine/cometbft/votes/member.hpp"
#include "engine/tx_builder.hpp"

namespace cambium::node {

/// Who this node is in the beacon, by its operator's account and its beacon key's secret. The
/// curve is the program's own.
engine::BeaconIdentity beacon_identity(const crypto::SigningKey& operator_key,
                                       const crypto::SigningKey& beacon_key);

struct BeaconMeans {
  const crypto::SignatureVerifier& verifier;
  const engine::BeaconIdentity& identity;
};
/// Registers, deals and complains as the newest state asks; nothing most of the time. Waits until
/// what it sent is final.
Status pay_beacon_duties(engine::Engine& engine, const crypto::SigningKey& operator_key,
                         const BeaconMeans& means);

/// What others encrypt this validator's shares to.
Bytes public_beacon_key(const crypto::SigningKey& beacon_key);

/// One of the first members of a new network's group.
struct BeaconHolder {
  crypto::Address account;  // its operator
  Bytes key;
};
/// Gives a new network a beacon whose first key is made within its first minute.
void add_beacon(chain::v1::Genesis& genesis, const std::vector<BeaconHolder>& holders);

}  // namespace cambium::node
