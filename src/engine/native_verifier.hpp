// Signature verification as production does it: Ed25519 under ZIP-215, in batches.
#pragma once

#include "crypto/keys.hpp"
#include "engine/native_beacon.hpp"

namespace cambium::engine {

/// Ed25519 through native/ (ZIP-215, so that a batch and its members always agree), secp256k1 as
/// EIP-191 personal messages. Has no state; one instance may be used from many threads.
class NativeVerifier : public crypto::SignatureVerifier {
 public:
  bool verify(const crypto::SignedMessage& item) const override;
  /// All Ed25519 items go into one batch, at about half the cost of one at a time.
  std::vector<bool> verify_all(std::span<const crypto::SignedMessage> items) const override;
  const crypto::BeaconScheme* beacon() const override { return &beacon_; }

 private:
  NativeBeacon beacon_;
};

}  // namespace cambium::engine
