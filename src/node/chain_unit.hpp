// One embedded chain with everything it stands on, opened and closed in the right order.
#pragma once

#include "engine/embedded/runner.hpp"
#include "node/home.hpp"

namespace cambium::node {

class ChainUnit {
 public:
  struct Options {
    std::string alias;
    engine::CadenceRules cadence;
  };
  /// Opens log and state and replays what a crash left behind. A state folder that a power cut
  /// made unusable is put aside and made again from the log.
  static Result<std::unique_ptr<ChainUnit>> open(const HomePaths& paths, Options options,
                                                 const Config& config, KeyPtr operator_key,
                                                 const crypto::SignatureVerifier& verifier,
                                                 const Clock& clock);
  ~ChainUnit();

  engine::EmbeddedEngine& engine() { return *engine_; }
  /// Begins making blocks, on a thread of its own.
  void start(std::function<void(const Error&)> on_halt);
  void stop();

 private:
  explicit ChainUnit(const Clock& clock) : clock_(clock) {}

  const Clock& clock_;
  chain::v1::Genesis genesis_;
  KeyPtr operator_key_;
  std::unique_ptr<state::NodeStore> store_;
  std::unique_ptr<engine::Disk> disk_;
  std::unique_ptr<engine::EmbeddedEngine> engine_;
  std::unique_ptr<engine::EngineRunner> runner_;  // last: it uses all the others
};

}  // namespace cambium::node
