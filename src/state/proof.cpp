#include "state/proof.hpp"

#include <algorithm>

#include "crypto/sha256_batch.hpp"

namespace cambium::state {
namespace {

using Side = ProofStep::Sibling;

Hash hash_of(ByteView bytes) {
  Hash out;
  crypto::sha256_each(std::span(&bytes, 1), std::span(&out, 1));
  return out;
}

tl::unexpected<Error> refuse(const char* why) {
  return fail(ErrorCode::corrupt, std::string("the state proof is not valid: ") + why);
}

Hash join(std::uint8_t prefix, const std::array<Hash, 2>& pair) {
  Hash out;
  const crypto::PairHash job{pair[0].data.data(), out.data.data()};
  crypto::sha256_pairs(prefix, std::span(&job, 1));
  return out;
}

Hash root_of(const ExistenceProof& proof, const Hash& path) {
  Hash at = join(0, {path, hash_of(proof.value)});
  for (const auto& step : proof.steps)
    at = join(1, step.side == Side::left ? std::array{step.hash, at} : std::array{at, step.hash});
  return at;
}

// ICS-23 does not tie the sides of the steps to the bits of the path. We do: the leaf must lie
// where its key says, so one root cannot show a key in two places.
bool follows_path(const ExistenceProof& proof, const Hash& path) {
  const std::size_t depth = proof.steps.size();
  for (std::size_t i = 0; i < depth; ++i) {
    const std::size_t bit_at = depth - 1 - i;
    const bool right = path.data[bit_at / 8] >> (7 - bit_at % 8) & 1;
    if (right != (proof.steps[i].side == Side::left)) return false;
  }
  return true;
}

Status check_leaf(const ExistenceProof& proof, const Hash& root, const Hash& path) {
  if (proof.key.empty() || proof.value.empty()) return refuse("a key or a value is empty");
  if (proof.steps.size() > kMaxProofDepth) return refuse("it is deeper than a path is long");
  if (!follows_path(proof, path)) return refuse("the leaf does not lie where its key belongs");
  if (root_of(proof, path) != root) return refuse("it leads to another root");
  return {};
}

// Whether everything on that side of the steps below `top` is empty.
bool is_outermost(std::span<const ProofStep> below_top, Side side) {
  return std::all_of(below_top.begin(), below_top.end(), [side](const ProofStep& step) {
    return step.side != side || step.hash.is_zero();
  });
}

// Two leaves are neighbours when their ways part at one inner node, the left one's being the
// last under its child and the right one's the first under its own.
bool are_neighbours(const ExistenceProof& left, const ExistenceProof& right) {
  std::size_t l = left.steps.size(), r = right.steps.size();
  while (l > 0 && r > 0 && left.steps[l - 1].side == right.steps[r - 1].side &&
         left.steps[l - 1].hash == right.steps[r - 1].hash)
    --l, --r;
  if (l == 0 || r == 0) return false;
  if (left.steps[l - 1].side != Side::right || right.steps[r - 1].side != Side::left)
    return false;
  return is_outermost(std::span(left.steps).first(l - 1), Side::right) &&
         is_outermost(std::span(right.steps).first(r - 1), Side::left);
}

}  // namespace

Status verify(const ExistenceProof& proof, const Hash& root, const Claim& claim) {
  if (!claim.value) return refuse("it shows that the key exists");
  if (!equal(proof.key, claim.key)) return refuse("it is about another key");
  if (!equal(proof.value, *claim.value)) return refuse("it is about another value");
  return check_leaf(proof, root, hash_of(proof.key));
}

Status verify(const AbsenceProof& proof, const Hash& root, const Claim& claim) {
  if (claim.value) return refuse("it shows that the key is absent");
  if (!equal(proof.key, claim.key)) return refuse("it is about another key");
  if (!proof.left && !proof.right) return refuse("it names no neighbour");
  const Hash path = hash_of(proof.key);
  if (proof.left) {
    const Hash left = hash_of(proof.left->key);
    TRY_STATUS(check_leaf(*proof.left, root, left));
    if (!(left < path)) return refuse("the left neighbour does not lie to the left");
  }
  if (proof.right) {
    const Hash right = hash_of(proof.right->key);
    TRY_STATUS(check_leaf(*proof.right, root, right));
    if (!(path < right)) return refuse("the right neighbour does not lie to the right");
  }
  if (!proof.left && !is_outermost(proof.right->steps, Side::left))
    return refuse("something may lie to the left of the first leaf");
  if (!proof.right && !is_outermost(proof.left->steps, Side::right))
    return refuse("something may lie to the right of the last leaf");
  if (proof.left && proof.right && !are_neighbours(*proof.left, *proof.right))
    return refuse("something may lie between the neighbours");
  return {};
}

Status verify(ByteView proof, const Hash& root, const Claim& claim) {
  if (claim.value) {
    TRY(const auto existence, decode_existence(proof));
    return verify(existence, root, claim);
  }
  TRY(const auto absence, decode_absence(proof));
  return verify(absence, root, claim);
}

}  // namespace cambium::state
