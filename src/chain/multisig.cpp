#include "chain/multisig.hpp"

#include "base/amount.hpp"
#include "chain/key_proto.hpp"
#include "schema/canonical.hpp"

namespace cambium::chain {
namespace {

namespace tx = cambium::tx::v1;

std::optional<tx::MultisigPolicy> read(ByteView bytes) {
  tx::MultisigPolicy policy;
  if (!schema::decode(bytes, policy)) return std::nullopt;
  return policy;
}

auto order_of(const tx::PublicKey& key) { return std::pair(key.type(), key.bytes()); }

}  // namespace

bool is_sound_policy(ByteView bytes) {
  const auto policy = read(bytes);
  if (!policy || policy->members().empty()) return false;
  if (policy->members_size() > kMaxMultisigMembers) return false;
  u128 sum = 0;
  for (int i = 0; i < policy->members_size(); ++i) {
    const auto& member = policy->members(i);
    if (member.key().type() == tx::KEY_TYPE_MULTISIG || !is_well_formed(member.key())) return false;
    if (i > 0 && order_of(policy->members(i - 1).key()) >= order_of(member.key())) return false;
    if (member.weight() == 0) return false;
    sum += member.weight();
  }
  return policy->threshold() >= 1 && policy->threshold() <= sum;
}

std::optional<std::vector<MemberCheck>> member_checks(ByteView policy_bytes, ByteView signature) {
  const auto policy = read(policy_bytes);
  tx::MultisigSignature parts;
  if (!policy || !schema::decode(signature, parts)) return std::nullopt;
  std::vector<MemberCheck> checks;
  u128 weight = 0;
  for (int i = 0; i < parts.members_size(); ++i) {
    const auto& part = parts.members(i);
    if (i > 0 && part.member() <= parts.members(i - 1).member()) return std::nullopt;
    if (part.member() >= static_cast<std::uint32_t>(policy->members_size())) return std::nullopt;
    const auto& member = policy->members(static_cast<int>(part.member()));
    weight += member.weight();
    checks.push_back({key_from_proto(member.key()), to_bytes(part.signature())});
  }
  if (weight < policy->threshold()) return std::nullopt;
  return checks;
}

}  // namespace cambium::chain
