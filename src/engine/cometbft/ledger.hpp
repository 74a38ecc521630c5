// State and record of a chain whose blocks CometBFT orders. Per block: execute and stage, then log,
// fsync, state. CometBFT keeps the blocks themselves, so whatever is missing here it replays.
#pragma once

#include <map>
#include <mutex>

#include "chain/genesis.hpp"
#include "chain/upgrade.hpp"
#include "engine/committed_block.hpp"
#include "engine/embedded/record_codec.hpp"
#include "engine/log/block_log.hpp"
#include "state/height_view.hpp"
#include "state/tree.hpp"

namespace cambium::engine {

/// What a ledger is made over; all borrowed and outliving it.
struct CometParts {
  const chain::v1::Genesis& genesis;
  const crypto::SignatureVerifier& verifier;
  state::NodeStore& store;
  Disk& disk;
  BlockLogOptions log_options = {};
  std::uint32_t newest_rules = chain::kNewestRules;  // that this node follows
};

/// A block as CometBFT decided it.
struct DecidedBlock {
  Height height;
  TimeMs time;
  Hash hash;
  chain::Address proposer;  // consensus address
  chain::CommitFacts facts;
  std::vector<Bytes> txs;
};

/// The newest block that is final here.
struct CometHead {
  Height height;  // below the first block: initial height - 1
  TimeMs time;
  Hash hash;        // CometBFT's block hash; zero before the first block
  Hash state_root;  // after it
};

/// One thread at a time executes and commits; everything else may be called by any.
class CometLedger {
 public:
  static Result<std::unique_ptr<CometLedger>> open(const CometParts& parts);

  /// The genesis state of a new chain; the same answer when asked again before the first block.
  struct Begun {
    Hash root;
    state::Diff diff;
  };
  Result<Begun> init_chain();
  /// False before `init_chain` and before a snapshot has been taken over.
  bool has_state() const;

  /// Executes on top of the newest state and stages the result: the new state root. A block at or
  /// below the head is refused: nothing is ever executed twice.
  Result<Hash> execute(const DecidedBlock& block);
  /// The outcome of what is staged.
  const chain::BlockOutcome& staged() const { return staged_->executed.outcome; }
  /// Makes what was staged durable and final.
  Result<BlockPtr> commit();
  /// Erases a little of what is older than `oldest`.
  Status prune(Height oldest);
  /// After a snapshot has been written into the store.
  Status adopt_snapshot(const CometHead& head);

  CometHead head() const;
  /// Facts of the next block as far as they are known: for checks and dry runs.
  chain::BlockInfo next_info(TimeMs now) const;
  Result<BlockPtr> block(Height height) const;
  Result<state::HeightView> view(std::optional<Height> height = {}) const;

  const chain::Registry& registry() const { return registry_; }
  const chain::v1::Genesis& genesis() const { return parts_.genesis; }
  const Hash& genesis_hash() const { return genesis_hash_; }
  state::NodeStore& store() const { return parts_.store; }
  const crypto::SignatureVerifier& verifier() const { return parts_.verifier; }

 private:
  struct Staged {
    DecidedBlock block;
    ExecutedBlock executed;
    Hash root;
  };

  CometLedger(const CometParts& parts, chain::Registry registry, std::unique_ptr<BlockLog> log,
              state::Tree tree);
  Status read_head();
  Status log_staged();
  chain::v1::Header header_of(const DecidedBlock& block, const ExecutedBlock& executed,
                              const chain::BlockInfo& info) const;

  CometParts parts_;
  chain::Registry registry_;
  Hash genesis_hash_;
  mutable std::mutex log_mutex_;  // guards log_ except its fsync
  std::unique_ptr<BlockLog> log_;
  state::Tree tree_;
  std::optional<Staged> staged_;
  mutable std::mutex head_mutex_;  // guards the next three
  CometHead head_;
  bool has_state_ = false;
  mutable std::map<std::uint64_t, BlockPtr> recent_;  // by height
};

/// The facts that a block runs under; `account` is the proposer's, who gets the tips.
chain::BlockInfo info_of(const std::string& chain_id, const DecidedBlock& block,
                         const chain::Address& account);

}  // namespace cambium::engine
