// Threshold signatures for the randomness beacon, as those who only check them need it. The curve
// lives in native/; the kernel gets it through its SignatureVerifier and never sees a secret.
#pragma once

#include <cstdint>
#include <optional>

#include "base/bytes.hpp"

namespace cambium::crypto {

/// How many shares a group's key is cut into, and how many of them sign together.
inline constexpr std::uint32_t kBeaconShares = 100;
inline constexpr std::uint32_t kBeaconThreshold = 51;

/// Shares `first` .. `first + count - 1`; they are numbered from 1.
struct ShareRange {
  std::uint32_t first = 1;
  std::uint32_t count = 0;
  bool operator==(const ShareRange&) const = default;
};

/// What a dealer publishes. All of it is opaque but to the scheme.
struct BeaconDeal {
  Bytes commitments;  // to the polynomial's kBeaconThreshold coefficients, constant term first
  Bytes ephemeral;    // what the pads are made with
  Bytes proof;        // that the dealer knows the ephemeral's secret
  Bytes shares;       // one hidden scalar a share, in order
};

/// A key that shares are encrypted to, with the proof that its owner knows the secret. `context`
/// binds proofs to one chain and one purpose, so that nobody can use them again.
struct BeaconKeyClaim {
  ByteView key;
  ByteView proof;
  ByteView context;
};

/// The holder of `range` opens the secret that its pads in the deal were made of.
struct BeaconComplaint {
  const BeaconDeal& deal;
  ByteView context;  // of the deal
  ByteView key;      // of the one who complains
  ShareRange range;
  ByteView point;
  ByteView proof;
};
enum class ComplaintVerdict : std::uint8_t { unproven, shares_are_good, shares_are_bad };

/// Two polynomials' commitments of one degree; an empty `left` counts as zero.
struct CommitmentPair {
  ByteView left;
  ByteView right;
};

struct GroupSignature {
  ByteView commitments;  // of the group's polynomial: the constant term is its public key
  ByteView message;
  ByteView signature;
};

/// Stateless; threads may share one. Bytes that are no element of their group, or are not in the
/// subgroup of prime order, are refused everywhere.
class BeaconScheme {
 public:
  virtual ~BeaconScheme() = default;
  virtual bool owns_key(const BeaconKeyClaim& claim) const = 0;
  /// Sizes, groups and the proof; whether the shares are right only their holders can tell.
  virtual bool is_sound(const BeaconDeal& deal, ByteView context) const = 0;
  /// left + right, or left - right. Both must have been checked before; nothing when the result is
  /// no usable key.
  virtual std::optional<Bytes> add(const CommitmentPair& pair) const = 0;
  virtual std::optional<Bytes> subtract(const CommitmentPair& pair) const = 0;
  virtual ComplaintVerdict judge(const BeaconComplaint& complaint) const = 0;
  virtual bool verify(const GroupSignature& signature) const = 0;
};

}  // namespace cambium::crypto
