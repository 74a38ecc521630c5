// One embedded chain whose process can be killed, whose disk forgets what was not synced, and
// whose state folder may be lost: the real engine on simulated ground.
#pragma once

#include <memory>

#include "engine/embedded/embedded_engine.hpp"
#include "engine/log/memory_disk.hpp"
#include "engine/native_verifier.hpp"
#include "engine/tx_builder.hpp"

namespace cambium::sim {

class SimChain {
 public:
  SimChain(chain::v1::Genesis genesis, engine::CadenceRules cadence, std::string alias,
           std::shared_ptr<const crypto::SigningKey> operator_key, const Clock& clock);

  bool up() const { return engine_ != nullptr; }
  engine::EmbeddedEngine& engine() { return *engine_; }
  const chain::v1::Genesis& genesis() const { return genesis_; }

  void start();
  /// kill -9, with a power cut when `random` says so.
  void kill(Random& random);
  /// The root that a fresh replay of the whole log gives at the newest height.
  Hash replayed_root();

 private:
  std::unique_ptr<engine::EmbeddedEngine> open(state::NodeStore& store, engine::Disk& disk);

  chain::v1::Genesis genesis_;
  engine::CadenceRules cadence_;
  std::string alias_;
  std::shared_ptr<const crypto::SigningKey> key_;
  const Clock& clock_;
  engine::NativeVerifier verifier_;
  engine::MemoryDisk disk_;
  std::unique_ptr<state::NodeStore> store_;
  std::unique_ptr<engine::EmbeddedEngine> engine_;
};

}  // namespace cambium::sim
