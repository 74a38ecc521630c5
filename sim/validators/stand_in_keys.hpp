// Keys whose signatures cost two hashes: simulation spends its time on the system, not on curves.
// They protect nothing, so they live here and nowhere else.
#pragma once

#include "chain/testing/stand_in_beacon.hpp"
#include "crypto/keys.hpp"

namespace cambium::sim {

/// A key that looks like Ed25519; the same seed gives the same key.
std::shared_ptr<crypto::SigningKey> stand_in_key(ByteView seed);

/// Accepts what `stand_in_key` signs and nothing else.
class StandInVerifier final : public crypto::SignatureVerifier {
 public:
  bool verify(const crypto::SignedMessage& item) const override;
  const crypto::BeaconScheme* beacon() const override { return &beacon_.scheme(); }
  const crypto::BeaconSigner& beacon_signer() const { return beacon_; }

 private:
  chain::testing::StandInBeacon beacon_;
};

}  // namespace cambium::sim
