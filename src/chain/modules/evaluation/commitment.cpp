#include "chain/modules/evaluation/commitment.hpp"

#include <vector>

#include "crypto/merkle.hpp"
#include "crypto/sha256.hpp"
#include "schema/canonical.hpp"

namespace cambium::chain::evaluation {

Hash candidate_commitment(const CandidateOpening& opening) {
  Bytes gain;
  append_be64(gain, opening.declared_gain_nano);
  return crypto::sha256({as_bytes("cambium/candidate/v1"), as_bytes(opening.chain_id),
                         opening.account, opening.payload_root, gain, opening.salt});
}

Hash bundle_root(std::span<const Hash> payload_roots) {
  if (payload_roots.size() == 1) return payload_roots[0];
  std::vector<Hash> leaves;
  leaves.reserve(payload_roots.size());
  for (const auto& root : payload_roots) leaves.push_back(crypto::merkle_leaf(root));
  return crypto::merkle_root(leaves);
}

Hash evaluation_commitment(const EvaluationOpening& opening, const pb::Report& report) {
  Bytes numbers;
  append_be64(numbers, opening.candidate);
  append_be32(numbers, opening.attempt);
  return crypto::sha256({as_bytes("cambium/evaluation/v1"), numbers, opening.account, opening.salt,
                         crypto::sha256(schema::encode(report))});
}

}  // namespace cambium::chain::evaluation
