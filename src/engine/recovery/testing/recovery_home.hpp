// A home with two chains that know each other, to be stopped, damaged, rolled back and started.
#pragma once

#include <gtest/gtest.h>

#include <map>

#include "cambium/governance/v1/governance.pb.h"
#include "engine/embedded/embedded_engine.hpp"
#include "engine/native_verifier.hpp"
#include "engine/recovery/rollback.hpp"
#include "engine/tx_builder.hpp"

namespace cambium::engine::testing {

using Entries = std::map<Bytes, Bytes>;
using Action = cambium::governance::v1::Action;

/// What validators order.
Action back_to(Height height, const std::string& chain_id);
Action reset_at(Height height);
Action trust(Height height, const Hash& block);

class RecoveryHome {
 public:
  RecoveryHome();
  ~RecoveryHome();
  RecoveryHome(const RecoveryHome&) = delete;
  RecoveryHome& operator=(const RecoveryHome&) = delete;

  void start();
  void stop();
  EmbeddedEngine& chain(const std::string& alias) { return *running_.at(alias).engine; }

  /// One transfer from alice to bob, final when it returns.
  void send(const std::string& alias, std::uint64_t amount);
  /// `by` learns of the newest block of `of`.
  void see(const std::string& of, const std::string& by);
  std::uint64_t bob_has(const std::string& alias);
  Entries contents(const std::string& alias, Height height);
  void snapshot(const std::string& alias);
  void increment(const std::string& alias);

  /// As governance leaves it in the state of a stopped left chain, certified at its newest height;
  /// it holds for a second. The height it makes is one that no block has.
  void order(std::uint64_t act, const Action& action) const;

  RollbackRequest back_to(Height height) const;
  StoppedChain stopped(const std::string& alias) const;
  std::filesystem::path root;

  static constexpr const char* kLeft = "utility";
  static constexpr const char* kRight = "compute-0";
  ManualClock clock{{2'000'000}};
  NativeVerifier verifier;
  std::unique_ptr<crypto::SigningKey> operator_key, alice, bob;

 private:
  struct Running {
    chain::v1::Genesis genesis;
    std::unique_ptr<state::NodeStore> store;
    std::unique_ptr<Disk> disk;
    std::unique_ptr<EmbeddedEngine> engine;
  };
  void write_genesis(const std::string& alias, const std::string& other);
  void run(const std::string& alias, TxMsg msg);
  SnapshotStore snapshots(const std::string& alias) const;

  std::map<std::string, Running> running_;
};

}  // namespace cambium::engine::testing
