// ICS-23 existence and absence proofs, pinned to SmtSpec: every prefix, length and depth is
// checked against the one shape our trees have, because laxer verifiers elsewhere were forged.
// Wire form: cosmos.ics23.v1.CommitmentProof, described in proto/cambium/ics23/v1/ics23.proto.
#pragma once

#include <optional>
#include <vector>

#include "base/ids.hpp"
#include "base/result.hpp"

namespace cambium::state {

inline constexpr std::size_t kMaxProofDepth = 256;  // bits in a path

/// One inner node on the way up: the sibling's hash and the side on which it stands.
struct ProofStep {
  enum class Sibling : std::uint8_t { left, right };
  Sibling side;
  Hash hash;
};

/// A leaf and its way to the root, lowest step first.
struct ExistenceProof {
  Bytes key;
  Bytes value;
  std::vector<ProofStep> steps;
};

/// The leaves on both sides of the absent key's path; one of them is missing at an end.
struct AbsenceProof {
  Bytes key;
  std::optional<ExistenceProof> left;
  std::optional<ExistenceProof> right;
};

Bytes encode(const ExistenceProof& proof);
Bytes encode(const AbsenceProof& proof);

/// `invalid_input` for anything that is not exactly one canonical proof of our shape.
Result<ExistenceProof> decode_existence(ByteView bytes);
Result<AbsenceProof> decode_absence(ByteView bytes);

/// What a proof is asked to show about a key.
struct Claim {
  ByteView key;
  std::optional<ByteView> value;  // nothing: the key is absent
};

/// `corrupt` with the reason when `proof` (a CommitmentProof) does not show the claim.
Status verify(ByteView proof, const Hash& root, const Claim& claim);
Status verify(const ExistenceProof& proof, const Hash& root, const Claim& claim);
Status verify(const AbsenceProof& proof, const Hash& root, const Claim& claim);

}  // namespace cambium::state
