// One chain of a node with everything its engine stands on, opened and closed in the right order.
#pragma once

#include <functional>
#include <memory>

#include "engine/engine.hpp"
#include "node/home.hpp"

namespace cambium::node {

class ChainUnit {
 public:
  using OnHalt = std::function<void(const Error&)>;

  virtual ~ChainUnit() = default;
  virtual engine::Engine& engine() = 0;
  /// Begins taking part in making blocks. `on_halt` hears why it cannot go on.
  virtual Status start(OnHalt on_halt) = 0;
  /// Safe to call twice; everything acknowledged is durable.
  virtual void stop() = 0;
  /// Makes a block soon although nothing waits, where this node decides that.
  virtual void nudge() {}
  /// False for a chain that this node takes no part in.
  virtual bool present() const { return true; }
};

/// What a chain is opened with; references are borrowed and outlive it.
struct ChainPlan {
  const HomePaths& paths;
  std::string alias;
  const Config& config;
  KeyPtr operator_key;
  KeyPtr beacon_key;
  const crypto::SignatureVerifier& verifier;
  const Clock& clock;
  Random& random;
};

/// By the settings: none where node.chains does not name it, else of the kind engine.kind names.
Result<std::unique_ptr<ChainUnit>> open_chain(const ChainPlan& plan);

/// The newest rules version that the settings let this node follow.
std::uint32_t rules_followed(const Config& config);

/// Opens log and state and replays what a crash left behind. A state folder that a power cut made
/// unusable is put aside and made again from the log.
Result<std::unique_ptr<ChainUnit>> open_embedded_chain(const ChainPlan& plan);
/// Opens state and record, writes CometBFT's settings; CometBFT itself runs from `start` on.
Result<std::unique_ptr<ChainUnit>> open_comet_chain(const ChainPlan& plan);

/// Opens a state folder with `open`, putting a damaged one aside and starting with an empty one.
using OpenStore =
    std::function<Result<std::unique_ptr<state::NodeStore>>(const std::filesystem::path&)>;
Result<std::unique_ptr<state::NodeStore>> open_sound_state(const std::filesystem::path& folder,
                                                           const OpenStore& open);

}  // namespace cambium::node
