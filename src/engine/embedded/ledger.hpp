// One chain's history and state: executes blocks, makes them durable, and finds its way back after
// a crash. Order per block: execute, log, fsync, seal, state. The log is the truth; state that lags
// behind it is made again by replay.
#pragma once

#include <list>
#include <map>
#include <mutex>
#include <span>

#include "chain/genesis.hpp"
#include "chain/upgrade.hpp"
#include "engine/committed_block.hpp"
#include "engine/log/block_log.hpp"
#include "engine/snapshots/head_record.hpp"
#include "state/height_view.hpp"
#include "state/tree.hpp"

namespace cambium::engine {

/// What a ledger is made over; all borrowed and outliving it.
struct LedgerParts {
  const chain::v1::Genesis& genesis;
  const crypto::SigningKey& operator_key;
  const crypto::SignatureVerifier& verifier;
  state::NodeStore& store;
  Disk& disk;
  BlockLogOptions log_options = {};
  std::uint32_t newest_rules = chain::kNewestRules;  // of this program; tests name an older one
};

/// The newest block and what stands after it. Before the first block the header is the genesis.
struct Head {
  Height height;
  TimeMs time;
  Hash hash;
  Hash state_root;
  std::size_t tx_count = 0;
};

/// A transaction that a block could not take, and why.
struct Refusal {
  TxId id;
  chain::TxStatus status;
};

struct Built {
  BlockPtr block;
  std::vector<Refusal> refused;
};

/// `build` is called by one thread at a time; everything else by any.
class Ledger {
 public:
  /// Opens or starts the chain. `corrupt` when log, state and genesis do not belong together.
  static Result<std::unique_ptr<Ledger>> open(const LedgerParts& parts);

  Head head() const;
  /// The facts that the next block would run under at that time.
  chain::BlockInfo next_info(TimeMs now) const;
  /// Makes the next block of those transactions that can be included. After an error the ledger
  /// must be opened again: what reached the disk is not known.
  Result<Built> build(TimeMs now, std::span<const Bytes> candidates);

  Result<BlockPtr> block(Height height) const;
  Result<chain::v1::SignedHeader> signed_header(Height height) const;
  Result<state::HeightView> view(std::optional<Height> height = {}) const;

  const chain::Registry& registry() const { return registry_; }
  const chain::v1::Genesis& genesis() const { return parts_.genesis; }
  const Hash& genesis_hash() const { return genesis_hash_; }
  const crypto::SigningKey& operator_key() const { return parts_.operator_key; }
  const state::NodeStore& store() const { return parts_.store; }
  const crypto::SignatureVerifier& verifier() const { return parts_.verifier; }
  /// Makes the state durable too, so that the next start has nothing to replay.
  Status flush();

 private:
  Ledger(const LedgerParts& parts, chain::Registry registry, std::unique_ptr<BlockLog> log,
         state::Tree tree);
  Status start_or_check();
  Status replay();
  Status replay_one(Height height);
  Status reseal();
  chain::BlockInfo info_at(Height height, TimeMs time, const Hash& prev_hash) const;
  Status commit_state(const HeadRecord& head, const state::Diff& diff);
  Status check_rules(const state::View& view, Height next) const;
  Result<BlockPtr> publish(const cambium::engine::v1::BlockRecord& record,
                           chain::v1::SignedHeader signed_header);
  void remember(const BlockPtr& block) const;

  LedgerParts parts_;
  chain::Registry registry_;
  Hash genesis_hash_;
  mutable std::mutex log_mutex_;  // guards log_ except its fsync
  std::unique_ptr<BlockLog> log_;
  state::Tree tree_;
  mutable std::mutex head_mutex_;  // guards the next two
  Head head_;
  mutable std::map<std::uint64_t, BlockPtr> recent_;  // by height
};

}  // namespace cambium::engine
