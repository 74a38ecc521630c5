// The application half of one validator: the real ABCI application over a disk and a state store
// that forget what a crash would lose.
#pragma once

#include <filesystem>
#include <memory>

#include "engine/cometbft/app.hpp"
#include "engine/cometbft/votes/beacon_extender.hpp"
#include "engine/log/memory_disk.hpp"

namespace cambium::sim {

/// What every replica of a network shares; borrowed.
struct ReplicaGround {
  const chain::v1::Genesis& genesis;
  const crypto::SignatureVerifier& verifier;
  const Clock& clock;
};

class Replica {
 public:
  using OnBlock = std::function<void(const engine::BlockPtr&)>;
  /// `on_block` hears of every block that becomes final here.
  /// `identity` is for a chain with a beacon; without a signer there is none.
  Replica(const ReplicaGround& ground, engine::BeaconIdentity identity, OnBlock on_block);
  ~Replica();

  bool up() const { return running_ != nullptr; }
  void start();
  /// kill -9; a power cut or the loss of the whole state folder when `random` says so.
  void kill(Random& random);

  /// One ABCI request, as CometBFT sends it. Only while it is up.
  engine::abci::Response ask(const engine::abci::Request& request);
  const engine::CometLedger& ledger() const;
  /// Why the application could not go on; empty while it can.
  const std::string& halted() const { return halted_; }

 private:
  struct Running;

  ReplicaGround ground_;
  engine::BeaconIdentity identity_;
  OnBlock on_block_;
  engine::MemoryDisk disk_;
  std::unique_ptr<state::NodeStore> store_;
  std::string halted_;
  std::unique_ptr<Running> running_;  // last: it uses the others
};

}  // namespace cambium::sim
