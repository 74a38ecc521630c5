// Accounts that several keys share: the policy is the key, a signature carries those of members.
#pragma once

#include <optional>
#include <vector>

#include "cambium/tx/v1/keys.pb.h"
#include "crypto/keys.hpp"

namespace cambium::chain {

inline constexpr int kMaxMultisigMembers = 32;

/// Canonical, 1 to 32 members that are single keys in ascending order, none twice, each with a
/// weight, and a threshold that they can reach.
bool is_sound_policy(ByteView policy);

/// What must be verified for one signature of a shared key.
struct MemberCheck {
  crypto::PublicKey key;
  Bytes signature;
};
/// Nothing when the signature is malformed or its members' weights stay below the threshold;
/// whether each member really signed is the caller's to verify.
std::optional<std::vector<MemberCheck>> member_checks(ByteView policy, ByteView signature);

}  // namespace cambium::chain
