// What validators add to their votes, such as shares of a randomness beacon. A chain without an
// extender has plain votes.
#pragma once

#include <optional>
#include <vector>

#include "chain/context.hpp"

namespace cambium::engine {

/// The vote that an extension belongs to.
struct VotedBlock {
  Height height;
  Hash hash;
};

struct ExtendedVote {
  chain::Address validator;  // consensus address
  std::uint64_t power = 0;
  Bytes extension;
};

/// Called on the consensus connection, one call at a time.
class VoteExtender {
 public:
  virtual ~VoteExtender() = default;

  /// What this validator adds to its vote; need not be the same when asked twice.
  virtual Bytes extend(const VotedBlock& block) = 0;
  /// Whether another's extension is sound. Must say yes to every honest one: a refusal throws the
  /// whole vote away.
  virtual bool verify(const VotedBlock& block, const ExtendedVote& vote) = 0;
  /// The transaction that a proposer puts first into block `height`, made of the votes on the block
  /// below; nothing when there is nothing to carry.
  virtual std::optional<Bytes> carry(Height height, const std::vector<ExtendedVote>& votes) = 0;
  /// Whether that first transaction is one that `carry` could have made; asked of every proposal.
  virtual bool carries_well(Height height, ByteView first_tx) = 0;
};

}  // namespace cambium::engine
