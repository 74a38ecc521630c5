// What candidates and evaluators commit to before they reveal. Clients compute the same bytes.
#pragma once

#include <span>
#include <string>

#include "cambium/evaluation/v1/evaluation.pb.h"
#include "crypto/keys.hpp"

namespace cambium::chain::evaluation {

namespace pb = cambium::evaluation::v1;
using crypto::Address;

struct CandidateOpening {
  std::string chain_id;
  Address account;
  Hash payload_root;  // of the bundle: see `bundle_root`
  std::uint64_t declared_gain_nano = 0;
  Hash salt;
};
/// SHA-256("cambium/candidate/v1" || chain id || account || root || gain be64 || salt).
Hash candidate_commitment(const CandidateOpening& opening);

/// One block's payload root is the bundle's; several are the leaves of an RFC 6962 tree.
Hash bundle_root(std::span<const Hash> payload_roots);

struct EvaluationOpening {
  std::uint64_t candidate = 0;
  std::uint32_t attempt = 0;
  Address account;
  Hash salt;
};
/// SHA-256("cambium/evaluation/v1" || candidate be64 || attempt be32 || account || salt ||
/// SHA-256(canonical report)).
Hash evaluation_commitment(const EvaluationOpening& opening, const pb::Report& report);

}  // namespace cambium::chain::evaluation
