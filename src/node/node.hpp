// One running cambium process: both chains, the store, the host and the roles, wired and
// supervised. The gateway and the command line see everything through this.
#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.hpp"
#include "base/config.hpp"
#include "base/random.hpp"
#include "engine/engine.hpp"
#include "engine/index.hpp"
#include "engine/tx_builder.hpp"
#include "learn/profile.hpp"
#include "node/keystore.hpp"
#include "node/metrics.hpp"
#include "node/progress_board.hpp"
#include "serve/host.hpp"
#include "store/block_store.hpp"

namespace cambium::node {

inline constexpr std::string_view kUtilityAlias = "utility";
inline constexpr std::string_view kComputeAlias = "compute-0";
inline constexpr std::string_view kUtilityChainId = "cambium-utility-1";
inline constexpr std::string_view kComputeChainId = "cambium-compute-0-1";
inline constexpr std::string_view kMainModel = "cambium-small";

struct NodeOptions {
  std::filesystem::path home;
  Config config;
  const Clock& clock;
  Random& random;
  std::optional<std::string> passphrase;  // of the keystore
  learn::Profile profile = learn::Profile::full;  // sizes a new network; an old one keeps its own
};

/// What still keeps the node from being ready; empty means ready.
struct Readiness {
  std::vector<std::string> waiting_for;  // "a model to serve", "the utility chain"
  bool ready() const { return waiting_for.empty(); }
};

/// A finished answer that somebody paid for: what the gateway role batches into receipts.
struct PaidAnswer {
  serve::Receipt receipt;
  std::uint64_t fee_nano_ucbm = 0;  // 10^-9 ucbm
  std::uint64_t duration_ms = 0;
};

/// Threads may call everything but `start` and `stop` at any time.
class Node {
 public:
  /// Makes the home when it is new (keys, both genesis records, settings), takes its lock and opens
  /// everything. A second process on the same home is refused with a sentence.
  static Result<std::unique_ptr<Node>> open(NodeOptions options);
  ~Node();

  /// Starts chains and roles.
  Status start();
  /// Stops roles, then chains; everything acknowledged is durable. Safe to call twice.
  void stop();

  /// By id or alias; nullptr for an unknown one.
  engine::Engine* chain(std::string_view id_or_alias);
  engine::Engine& utility();
  engine::Engine& compute();
  std::vector<engine::Engine*> chains();

  engine::Index& index();
  store::BlockStore& store();
  serve::Host& host();
  ProgressBoard& progress();
  Metrics& metrics();
  Keystore& keys();
  const Config& config() const;
  const std::filesystem::path& home() const;
  const Clock& clock() const;
  Random& random();

  /// Sends transactions with one of the node's own keys; `not_found` for another name.
  Result<engine::AccountSender*> sender(std::string_view key, engine::Engine& engine);
  /// Lets both chains make a block soon although nothing waits: windows are counted in blocks.
  void nudge();

  Readiness readiness() const;
  std::int64_t uptime_s() const;
  /// SHA-256 over both chains' genesis hashes: two homes with the same one can talk.
  Hash genesis_hash() const;

  /// Makes the head of a model on the compute chain the one that new requests get. Called by itself
  /// when the index moves.
  Status reload_model(const std::string& model);
  /// Queues the evidence of an answer; receipts go to the chain in batches. An answer queued twice
  /// is sent once. The queue survives a crash when the caller keeps its ledger row until then.
  void record_answer(PaidAnswer answer);
  /// The before-and-after report of the main job as JSON text; `not_found` until there is one.
  Result<std::string> story() const;

 private:
  struct Impl;
  explicit Node(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace cambium::node
