// Validators with real CometBFT processes on loopback, their applications in this process.
#pragma once

#include <filesystem>
#include <memory>
#include <vector>

#include "engine/cometbft/comet_engine.hpp"
#include "engine/cometbft/process/home.hpp"
#include "engine/native_verifier.hpp"
#include "engine/tx_builder.hpp"

namespace cambium::engine::testing {

class CometNetwork {
 public:
  explicit CometNetwork(std::size_t validators, Cadence cadence = Cadence::work);
  ~CometNetwork();

  /// False on a machine without CometBFT.
  static bool possible();

  Engine& node(std::size_t i) { return *members_[i].engine; }
  void start(std::size_t i);
  void stop(std::size_t i) { members_[i].engine.reset(); }
  pid_t child(std::size_t i) const { return members_[i].engine->child_pid(); }

  /// Sends 1 ucbm from alice to bob through that node; waits until it is final there.
  Result<TxOutcome> send(std::size_t i);
  std::uint64_t bob_has(std::size_t i);
  /// Waits until the node is at that height; false after `timeout_s`.
  bool reaches(std::size_t i, std::uint64_t height, int timeout_s = 60);

 private:
  struct Member {
    std::filesystem::path home;
    CometKeys keys;
    CometSettings settings;
    std::unique_ptr<crypto::SigningKey> account;
    std::unique_ptr<state::NodeStore> store;
    std::unique_ptr<Disk> disk;
    std::unique_ptr<CometEngine> engine;
  };
  void make_genesis();

  std::filesystem::path root_;
  std::unique_ptr<crypto::SigningKey> alice_, bob_;
  chain::v1::Genesis genesis_;
  NativeVerifier verifier_;
  SystemClock clock_;
  std::uint64_t nonce_ = 0;
  std::vector<Member> members_;
};

}  // namespace cambium::engine::testing
