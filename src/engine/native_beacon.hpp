// The beacon's threshold signatures on BLS12-381, from native/.
#pragma once

#include "crypto/beacon_signer.hpp"

namespace cambium::engine {

/// Has no state; one instance may be used from many threads.
class NativeBeacon final : public crypto::BeaconSigner, public crypto::BeaconScheme {
 public:
  bool owns_key(const crypto::BeaconKeyClaim& claim) const override;
  bool is_sound(const crypto::BeaconDeal& deal, ByteView context) const override;
  std::optional<Bytes> add(const crypto::CommitmentPair& pair) const override;
  std::optional<Bytes> subtract(const crypto::CommitmentPair& pair) const override;
  crypto::ComplaintVerdict judge(const crypto::BeaconComplaint& complaint) const override;
  bool verify(const crypto::GroupSignature& signature) const override;

  const crypto::BeaconScheme& scheme() const override { return *this; }
  std::size_t signature_bytes() const override;
  crypto::BeaconKey key_of(ByteView secret, ByteView context) const override;
  crypto::BeaconDeal deal(ByteView secret, ByteView context,
                          std::span<const crypto::BeaconRecipient> recipients) const override;
  std::optional<std::vector<crypto::SecretShare>> open(ByteView secret,
                                                       const crypto::ContextDeal& deal,
                                                       crypto::ShareRange range) const override;
  crypto::BeaconOpening complain(ByteView secret, const crypto::ContextDeal& deal) const override;
  std::vector<crypto::SecretShare> sum(
      std::span<const std::vector<crypto::SecretShare>> parts) const override;
  Bytes sign(const crypto::SecretShare& share, ByteView message) const override;
  bool verify_partials(const crypto::PartialClaim& claim) const override;
  std::optional<Bytes> combine(
      std::span<const crypto::PartialSignature> partials) const override;
};

}  // namespace cambium::engine
