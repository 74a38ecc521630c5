// What orders a chain's transactions, seen from above: the same for every kind of engine.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "chain/query.hpp"
#include "engine/committed_block.hpp"
#include "state/height_view.hpp"

namespace cambium::engine {

/// The answer to a submission. `status` ok: it waits in the mempool and will be tried.
struct Submitted {
  TxId id;
  chain::TxStatus status = chain::TxStatus::ok;
  std::string detail;  // a sentence that says what to do, when refused
  bool accepted() const { return status == chain::TxStatus::ok; }
};

/// Where and how a transaction ended. Status retry or malformed: it left the mempool unincluded,
/// `height` is 0.
struct TxOutcome {
  TxId id;
  Height height;
  std::uint32_t index = 0;
  chain::v1::TxResult result;
  chain::TxStatus status() const { return static_cast<chain::TxStatus>(result.status()); }
};

struct ChainStatus {
  std::string chain_id;
  std::string alias;             // "utility", "compute-0"
  Height height;                 // newest final block
  TimeMs time;                   // of that block
  Hash block_hash;
  Hash state_root;               // after that block
  std::size_t mempool_txs = 0;
  std::uint64_t base_fee_nano_ucbm = 0;
  Hash genesis_hash;
  crypto::PublicKey operator_key;  // empty where validators sign
};

/// A state entry or its absence, with what a light client needs to check it: the proof leads to
/// `root`, which is the state_root of `header`, one height above the state. An operator signs that
/// header; where validators do, it is unsigned and `light_block` holds what they signed.
struct ProvenValue {
  Bytes key;
  std::optional<Bytes> value;
  Height height;                     // of the state
  Hash root;
  Bytes proof;                       // ics23 CommitmentProof
  chain::v1::SignedHeader header;    // of height + 1
  crypto::PublicKey operator_key;    // empty where validators sign
  Bytes light_block = {};            // tendermint.types.LightBlock of height + 1; else empty
};

/// Stops the calls when it goes. Destroying it waits for a call under way.
class Subscription {
 public:
  virtual ~Subscription() = default;
};
using OnBlock = std::function<void(const BlockPtr&)>;

/// Threads may call everything at any time.
class Engine {
 public:
  virtual ~Engine() = default;

  virtual const std::string& chain_id() const = 0;
  virtual const std::string& alias() const = 0;
  virtual const chain::Registry& registry() const = 0;
  virtual ChainStatus status() const = 0;

  /// Checks and queues. Sending the same bytes again is answered like the first time.
  virtual Submitted submit(Bytes raw) = 0;
  /// Blocks until the transaction is final or refused; `timeout` after that long, `not_found` when
  /// it is neither waiting nor remembered. Not for simulations: they look at `outcome`.
  virtual Result<TxOutcome> wait(const TxId& id, std::int64_t timeout_ms) = 0;
  /// The outcome if it is known (the last 100,000 transactions are remembered).
  virtual std::optional<TxOutcome> outcome(const TxId& id) const = 0;
  /// Runs it on the newest state and keeps nothing; signatures may be missing.
  virtual chain::TxOutcome<chain::Simulation> simulate(ByteView raw) const = 0;

  /// `not_found` above the newest height.
  virtual Result<BlockPtr> block(Height height) const = 0;
  /// Height 0 or left out: the newest. Older heights while they are not pruned.
  virtual Result<state::HeightView> state_at(std::optional<Height> height = {}) const = 0;
  /// The newest provable state: the one whose root a signed header carries.
  virtual Result<ProvenValue> prove(ByteView key) const = 0;
  /// The same at a height; a header above it must exist.
  virtual Result<ProvenValue> prove_at(ByteView key, Height height) const = 0;
  virtual Result<chain::QueryAnswer> query(chain::QueryName name,
                                           std::string_view request_json) const = 0;

  /// Called for every block that becomes final from now on, in order, on the engine's thread; the
  /// callee must not wait for the engine.
  virtual std::unique_ptr<Subscription> subscribe(OnBlock on_block) = 0;
};

}  // namespace cambium::engine
