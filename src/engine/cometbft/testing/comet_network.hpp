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
  enum class Votes : std::uint8_t { plain, extended };
  /// With extended votes the chain has a beacon.
  explicit CometNetwork(std::size_t validators, Cadence cadence = Cadence::work,
                        Votes votes = Votes::plain);
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
  /// Sends what every validator owes the beacon now, without waiting.
  void serve_beacon();
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
  void add_beacon();
  BeaconIdentity identity(const Member& member) const;

  std::filesystem::path root_;
  std::unique_ptr<crypto::SigningKey> alice_, bob_;
  chain::v1::Genesis genesis_;
  NativeVerifier verifier_;
  NativeBeacon beacon_;
  Votes votes_;
  SystemClock clock_;
  std::uint64_t nonce_ = 0;
  std::vector<Member> members_;
};

}  // namespace cambium::engine::testing
