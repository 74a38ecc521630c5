// One validator's part in the beacon: its shares, which follow from one secret and the state, and
// the messages that it owes the chain.
#pragma once

#include <optional>
#include <vector>

#include "cambium/tx/v1/tx.pb.h"
#include "chain/modules/beacon/beacon.hpp"
#include "crypto/beacon_signer.hpp"

namespace cambium::engine {

/// Who it is. `signer` is borrowed.
struct BeaconIdentity {
  const crypto::BeaconSigner* signer = nullptr;
  Bytes secret;             // 32 bytes; empty for a node that holds no shares
  chain::Address operator_account;
};

class BeaconMember {
 public:
  explicit BeaconMember(BeaconIdentity identity) : identity_(std::move(identity)) {}

  /// Its signatures over the round of that height, one a share, in order; empty when it has none.
  /// `ctx` reads the state below the block of that height.
  Bytes sign(const chain::ReadContext& ctx, Height round);

  const BeaconIdentity& identity() const { return identity_; }

 private:
  const std::vector<crypto::SecretShare>& shares_of(const chain::ReadContext& ctx,
                                                    const chain::beacon::pb::Group& group);

  BeaconIdentity identity_;
  std::uint64_t session_ = 0;  // whose shares these are
  std::vector<crypto::SecretShare> shares_;
};

/// What the validator should send now, in that state: its key, its deal, complaints. Nothing when
/// it owes nothing. A wrong share is written to the log by whoever sends the complaint.
std::vector<cambium::tx::v1::Msg> beacon_duties(const chain::ReadContext& ctx,
                                                const BeaconIdentity& identity);

}  // namespace cambium::engine
