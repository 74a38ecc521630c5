// Threshold signatures, as a member of the group makes them. One secret of 32 bytes is enough for
// everything: a member's polynomials and its shares follow from it and from what is public.
#pragma once

#include <span>
#include <vector>

#include "base/result.hpp"
#include "crypto/beacon_scheme.hpp"

namespace cambium::crypto {

/// A member's key that shares are encrypted to, with its proof (see BeaconKeyClaim).
struct BeaconKey {
  Bytes key;
  Bytes proof;
};

struct BeaconRecipient {
  ByteView key;
  ShareRange range;
};

/// One dealer's deal under its context.
struct ContextDeal {
  const BeaconDeal& deal;
  ByteView context;
};

/// The secret scalar of one share: kept in memory only.
struct SecretShare {
  std::uint32_t number = 0;  // 1 .. kBeaconShares
  Bytes scalar;
};

/// A share's signature.
struct PartialSignature {
  std::uint32_t number = 0;
  Bytes signature;
};

/// Partial signatures over one message by shares of the group with these commitments.
struct PartialClaim {
  ByteView commitments;
  ByteView message;
  std::span<const PartialSignature> partials;
};

struct BeaconOpening {
  Bytes point;
  Bytes proof;
};

/// Stateless; threads may share one. `secret` is always 32 bytes, of any value.
class BeaconSigner {
 public:
  virtual ~BeaconSigner() = default;
  virtual const BeaconScheme& scheme() const = 0;
  virtual std::size_t signature_bytes() const = 0;

  virtual BeaconKey key_of(ByteView secret, ByteView context) const = 0;
  /// The same secret, context and recipients give the same deal, so that a member that starts again
  /// cannot contradict itself.
  virtual BeaconDeal deal(ByteView secret, ByteView context,
                          std::span<const BeaconRecipient> recipients) const = 0;
  /// The shares that this deal gives to their holder; nothing when one does not fit `commitments`
  /// of the deal, where it has any. A deal that was checked may be given without them.
  virtual std::optional<std::vector<SecretShare>> open(ByteView secret, const ContextDeal& deal,
                                                       ShareRange range) const = 0;
  /// Shows what the pads of that deal were made of.
  virtual BeaconOpening complain(ByteView secret, const ContextDeal& deal) const = 0;
  /// Sums of several deals' shares of the same numbers: the group's.
  virtual std::vector<SecretShare> sum(
      std::span<const std::vector<SecretShare>> parts) const = 0;

  virtual Bytes sign(const SecretShare& share, ByteView message) const = 0;
  /// Whether all of them are right; numbers must differ.
  virtual bool verify_partials(const PartialClaim& claim) const = 0;
  /// The group's signature from at least kBeaconThreshold good ones, of which any give the same.
  virtual std::optional<Bytes> combine(std::span<const PartialSignature> partials) const = 0;
};

}  // namespace cambium::crypto
