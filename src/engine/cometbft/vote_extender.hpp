// What validators add to their votes, such as shares of a randomness beacon. A chain without an
// extender has plain votes.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "chain/pipeline.hpp"

namespace cambium::engine {

/// The block that a vote is about.
struct VotedBlock {
  Height height;
  Hash hash;
  chain::Address proposer = {};           // consensus address
  std::span<const Bytes> txs = {};
};

struct ExtendedVote {
  chain::Address validator;  // consensus address
  std::uint64_t power = 0;
  Bytes extension;           // empty for a vote that was not given
  Bytes signature = {};      // of the extension, by the consensus key
  chain::BlockVote::Kind kind = chain::BlockVote::Kind::committed;
};

/// All votes on one block, in the order of the validator set.
struct ExtendedCommit {
  std::uint32_t round = 0;
  std::vector<ExtendedVote> votes;
};
/// As everybody knows it from the block above.
struct PlainCommit {
  std::uint32_t round = 0;
  std::vector<chain::BlockVote> votes;
};

/// Called on the consensus connection, one call at a time, but for `waits` and `gone`.
class VoteExtender {
 public:
  virtual ~VoteExtender() = default;

  /// What this validator adds to its vote; need not be the same when asked twice.
  virtual Bytes extend(const VotedBlock& block) = 0;
  /// Whether another's extension is sound. Must say yes to every honest one: a refusal throws the
  /// whole vote away.
  virtual bool verify(const VotedBlock& block, const ExtendedVote& vote) = 0;
  /// The transaction that a proposer puts first into block `height`, made of the votes on the block
  /// below; nothing when blocks of that height carry none.
  virtual std::optional<Bytes> carry(Height height, const ExtendedCommit& commit) = 0;
  /// Whether blocks of that height begin with such a transaction.
  virtual bool carries(Height height) const = 0;
  /// Why no honest proposer could have put this first; asked of every proposal that carries.
  virtual std::optional<std::string> fault(Height height, ByteView first_tx,
                                           const PlainCommit& commit) = 0;

  /// A transaction may be included on top of the newest state, which is said again on every newer
  /// one; or it no longer may, or was.
  virtual void waits(const chain::Tx& tx) = 0;
  virtual void gone(const TxId& id) = 0;
};

}  // namespace cambium::engine
